"""Tests of which messages a list shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.inspector.listing import Filter, page_of
from tests.fake_twilio.doubles import RECIPIENT, SENDER, make_message

MESSAGES = [make_message(sid=f"SM{number:032x}") for number in range(10)]


@pytest.mark.parametrize(
    ("wanted", "is_taken"),
    [
        (Filter(), True),
        (Filter("STRASSE"), True),
        (Filter("30007"), True),
        (Filter(RECIPIENT[-4:]), True),
        (Filter(SENDER), True),
        (Filter("undelivered"), True),
        (Filter("SM0C"), True),
        (Filter("a rule"), True),
        (Filter("no such text"), False),
        (Filter(status="undelivered"), True),
        (Filter(status="sent"), False),
        (Filter(direction="out"), True),
        (Filter(direction="in"), False),
        (Filter("30007", "sent"), False),
    ],
    ids=str,
)
def test_a_message_is_found_by_all_that_is_known_of_it(wanted: Filter, is_taken: bool) -> None:
    message = make_message(body="Hauptstraße", status=Status.UNDELIVERED, error_code=30007, rule="a rule")

    assert wanted.takes(message) is is_taken


@given(st.integers(1, 12))
def test_the_pages_together_are_all_messages_newest_first(count: int) -> None:
    shown, before = [], ""
    while True:
        page = page_of(MESSAGES, Filter(), before, count)
        shown += page.messages
        if page.older is None:
            break
        before = page.older

    assert shown == MESSAGES[::-1]


def test_behind_a_message_that_is_gone_there_is_nothing() -> None:
    assert page_of(MESSAGES, Filter(), "SM" + "f" * 32).messages == []


def test_what_is_no_direction_is_not_looked_at() -> None:
    assert Filter(direction="sideways").takes(make_message(direction="inbound"))
