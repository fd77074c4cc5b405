"""Tests of the life of a message, against Twilio's diagrams."""

from itertools import product

import pytest

from fake_twilio.domain.fate.lifecycle import ERRORS, FOLLOWS, REPORTED, Status, is_final, may_follow

# Twilio, "Outbound message status in status callbacks": a From send, a service send, a scheduled one, an inbound one.
DRAWN = {
    ("queued", "sending"),
    ("queued", "sent"),
    ("queued", "failed"),
    ("sending", "sent"),
    ("sending", "failed"),
    ("sent", "delivered"),
    ("sent", "undelivered"),
    ("accepted", "queued"),
    ("accepted", "failed"),
    ("scheduled", "queued"),
    ("scheduled", "canceled"),
    ("scheduled", "failed"),  # opt-outs and the choice of a sender are checked at SendAt
    ("receiving", "received"),
    ("delivered", "read"),
}
TERMINAL = {"delivered", "undelivered", "failed", "canceled", "received", "read"}


@pytest.mark.parametrize(("now", "following"), list(product(Status, Status)), ids=str)
def test_a_status_follows_another_only_where_twilio_draws_it(now: Status, following: Status) -> None:
    assert may_follow(now, following) is ((now.value, following.value) in DRAWN)


def test_every_status_of_the_specification_has_a_row() -> None:
    names = "accepted scheduled queued sending sent delivered undelivered failed canceled receiving received read"

    assert set(FOLLOWS) == set(Status)
    assert {str(status) for status in Status} == set(names.split())


def test_twilios_terminal_statuses_have_nothing_after_them_but_a_reading() -> None:
    assert {str(status) for status, following in FOLLOWS.items() if following <= {Status.READ}} == TERMINAL


def test_a_message_ends_where_nothing_follows() -> None:
    assert {str(status) for status in Status if is_final(status) is True} == TERMINAL - {"delivered"}


def test_no_status_comes_back() -> None:
    def reachable(status: Status) -> set[Status]:
        return set(FOLLOWS[status]).union(*(reachable(following) for following in FOLLOWS[status]))

    assert [status for status in Status if status in reachable(status)] == []


def test_the_error_statuses_are_the_two_that_say_no() -> None:
    assert sorted(ERRORS) == [Status.FAILED, Status.UNDELIVERED]


def test_what_is_never_told_is_how_a_message_begins_and_the_handing_over() -> None:
    silent = {str(status) for status in set(Status) - REPORTED}

    assert silent == {"accepted", "scheduled", "sending", "receiving", "received"}
