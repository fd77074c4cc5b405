"""Tests of a list of messages."""

from typing import Any

import pytest

from twilio_sms.simulation.mock_listing import page_of

PATH = "/Messages.json"


def message(sid: str, to: str = "+15551234567", date_sent: str | None = None) -> dict[str, Any]:
    return {"sid": sid, "to": to, "from": "SHOP", "date_sent": date_sent}


NOON = "Fri, 01 May 2026 12:00:00 +0000"
ALL = [message("a"), message("b", "+15557654321"), message("c", date_sent=NOON)]


def sids(*query: tuple[str, str]) -> list[str]:
    return [tree["sid"] for tree in page_of(ALL, PATH, query)["messages"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ((), ["a", "b", "c"]),
        ((("To", "+15557654321"),), ["b"]),
        ((("From", "OTHER"),), []),
        ((("DateSent", "2026-05-01"),), ["c"]),
        ((("DateSent", "2026-05-02"),), []),
        ((("DateSent>", "2026-05-01T12:00:00Z"),), ["c"]),
        ((("DateSent>", "2026-05-01T12:00:01Z"),), []),
        ((("DateSent<", "2026-05-01T12:00:00Z"),), ["c"]),
        ((("DateSent<", "2026-04-30"),), []),
    ],
)
def test_a_list_is_filtered(query: tuple[tuple[str, str], ...], found: list[str]) -> None:
    assert sids(*query) == found


def test_a_long_list_has_pages() -> None:
    first = page_of(ALL, PATH, (("PageSize", "2"),))
    last = page_of(ALL, PATH, (("PageSize", "2"), ("Page", "1")))

    assert first["next_page_uri"] == "/Messages.json?PageSize=2&Page=1"
    assert ([tree["sid"] for tree in last["messages"]], last["next_page_uri"]) == (["c"], None)
