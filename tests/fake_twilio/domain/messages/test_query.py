"""Tests of what a list asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.messages.query import Cursor, Query, read_interval
from fake_twilio.domain.twilio.errors import Refusal
from tests.fake_twilio.doubles import MESSAGE_SID, RECIPIENT, SENDER, START, make_message

NOON = START + 43_200
SENT = make_message(sent_at=NOON)
OTHER = "+15550000000"

FILTERS = [
    ((), True),
    ((("To", RECIPIENT),), True),
    ((("To", OTHER),), False),
    ((("From", SENDER),), True),
    ((("From", OTHER),), False),
    ((("To", RECIPIENT), ("From", OTHER)), False),
    ((("To", ""), ("From", "")), True),
    ((("DateSent", "2026-01-01"),), True),
    ((("DateSent", "2026-01-02"),), False),
    ((("DateSent", "2026-01-01T12:00:00Z"),), True),
    ((("DateSent", "2026-01-01T12:00:01Z"),), False),
    ((("DateSent<", "2026-01-01"),), True),
    ((("DateSent<", "2025-12-31"),), False),
    ((("DateSent>", "2026-01-01"),), True),
    ((("DateSent>", "2026-01-02"),), False),
    ((("DateSent>", "2025-12-31"), ("DateSent<", "2026-01-02")), True),
    ((("DateSent>", "2025-12-31"), ("DateSent<", "2025-12-31")), False),
    ((("DateSent", ""),), True),
    ((("Typo", "x"),), True),
    ((("DateSent<", "9999-12-31"),), True),
]


@pytest.mark.parametrize(("form", "expected"), FILTERS, ids=[str(form) for form, _ in FILTERS])
def test_a_message_is_wanted_if_every_filter_holds(form: tuple[tuple[str, str], ...], expected: bool) -> None:
    assert Query.from_form(form).matches(SENT) is expected


def test_a_message_that_was_not_sent_has_no_date_to_ask_for() -> None:
    query = Query.from_form((("DateSent>", "2000-01-01"),))

    assert not query.matches(make_message(sent_at=None))


def test_what_is_made_after_the_dates_asked_for_ends_the_search() -> None:
    query = Query.from_form((("DateSent<", "2026-01-01"),))

    assert (query.may_follow(make_message()), query.may_follow(make_message(created_at=START + 86_400))) == (
        True,
        False,
    )
    assert Query().may_follow(make_message())


@pytest.mark.parametrize("name", ["DateSent", "DateSent<", "DateSent>"])
def test_a_filter_that_is_no_date_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as caught:
        Query.from_form(((name, "soon"),))

    assert caught.value.status == 400


def test_an_unknown_filter_is_ignored_whatever_its_name_begins_with() -> None:
    assert Query.from_form((("DateSentBefore", "soon"),)) == Query()


@given(st.sampled_from(["PA", "PB"]), st.sampled_from(["SM", "MM"]), st.integers(0, 16**32 - 1))
def test_a_page_token_reads_back_as_the_cursor_that_wrote_it(side: str, kind: str, digits: int) -> None:
    token = f"{side}{kind}{digits:032x}"

    cursor = Cursor.parse(token)

    assert (str(cursor), cursor.sid, cursor.is_backward) == (token, token[2:], side == "PB")


@pytest.mark.parametrize("token", [None, ""])
def test_no_page_token_is_the_beginning(token: str | None) -> None:
    assert Cursor.parse(token) == Cursor(None)


@pytest.mark.parametrize("token", ["x", "PA", MESSAGE_SID, "PC" + MESSAGE_SID, "PA" + MESSAGE_SID + "0", "PASM"])
def test_a_bad_page_token_is_refused(token: str) -> None:
    with pytest.raises(Refusal) as caught:
        Cursor.parse(token)

    assert (caught.value.code, caught.value.status) == (21481, 400)


def test_an_interval_is_read_from_the_keys_of_one_date() -> None:
    form = (("DateCreated>", "2026-01-01"), ("DateCreated<", "2026-01-01"), ("DateSent", "2020-01-01"))

    begin, end = read_interval(form, "DateCreated")

    assert (begin, round(end)) == (START, START + 86_400)


def test_a_cursor_may_name_another_kind_of_thing() -> None:
    assert Cursor.parse("PAME1", lambda sid: sid == "ME1") == Cursor("ME1")
    with pytest.raises(Refusal):
        Cursor.parse("PAME2", lambda sid: sid == "ME1")
