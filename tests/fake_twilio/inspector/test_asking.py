"""A request is made again as it was, but for what is past or gone."""

import pytest

from fake_twilio.domain.values.dates import iso8601
from fake_twilio.inspector.asking import GONE, Asking, asking_of
from tests.fake_twilio.doubles import START, make_message

DAY = 86_400.0
FORM = (("To", "+15551234567"), ("Body", "x"), ("SendAt", "2026-01-02"), ("MaxPrice", ""))


def scheduled(lead_seconds: float, now: float) -> Asking:
    """Return the request of a message that was made at `START` for *lead_seconds* later."""
    return asking_of(make_message(form=FORM, send_at=START + lead_seconds), now)


def test_a_request_that_still_holds_is_made_as_it_was() -> None:
    asking = scheduled(DAY, START + 3600)

    assert (asking.form, asking.send_at, asking.notes) == (FORM, START + DAY, ())
    assert asking_of(make_message(form=FORM[:2]), START + DAY) == Asking(FORM[:2])


def test_a_moment_that_is_past_is_as_far_ahead_again() -> None:
    asking = scheduled(DAY, START + 3 * DAY)

    assert asking.form[2] == ("SendAt", iso8601(START + 4 * DAY))
    assert (asking.send_at, asking.lead_seconds) == (START + 4 * DAY, DAY)
    assert asking.notes == (
        "SendAt was 2026-01-02T00:00:00Z: now it is 86400 s ahead of 2026-01-04T00:00:00Z, as far as it was then.",
    )


@pytest.mark.parametrize(
    ("lead_seconds", "ahead"),
    [(300.0, 360), (400.5, 401), (35 * DAY, 35 * 86_400 - 60)],
    ids=["the soonest", "a fraction", "the latest"],
)
def test_there_is_time_to_paste_it(lead_seconds: float, ahead: int) -> None:
    """Twilio's pages about 35114 and 35115: 300 seconds to 35 days."""
    assert scheduled(lead_seconds, START + 40 * DAY).lead_seconds == ahead


def test_a_moment_that_is_nearly_there_is_past_for_who_pastes_it() -> None:
    assert scheduled(DAY, START + DAY - 359).notes
    assert not scheduled(DAY, START + DAY - 360).notes


def test_a_text_that_is_gone_is_said_to_be() -> None:
    asking = asking_of(make_message(form=(("To", "x"), ("MediaUrl", ""))), START)

    assert asking.form == (("To", "x"), ("MediaUrl", ""), ("Body", GONE))
    assert asking.notes == ("The text was redacted: another one stands in its place.",)


@pytest.mark.parametrize("name", ["Body", "MediaUrl", "ContentSid"])
def test_what_has_some_content_needs_no_other(name: str) -> None:
    assert asking_of(make_message(form=((name, "x"),)), START).notes == ()
