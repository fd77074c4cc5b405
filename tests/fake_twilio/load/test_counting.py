"""Counts are those of this load, whatever there was before."""

import pytest

from fake_twilio.load.agreement import Asked, OfFake, OfSink
from fake_twilio.load.counting import MESSAGES_ROUTE, counts_of, failed_of, name_of, of_fake, of_load, of_sink
from fake_twilio.load.names import route_of
from fake_twilio.load.tally import Tally


def test_what_had_no_good_answer_is_in_doubt() -> None:
    tally = Tally()
    tally.count(name_of("POST", MESSAGES_ROUTE), 10)
    tally.count(failed_of(name_of("POST", MESSAGES_ROUTE)), 3)
    tally.count(name_of("POST", "/_fake/receive"), 5)
    tally.count(name_of("GET", MESSAGES_ROUTE), 7)

    assert of_load(tally) == (Asked(7, 3), Asked(5, 0))


def test_the_route_of_messages_is_the_one_that_requests_are_named_by() -> None:
    assert route_of(f"http://127.0.0.1:1/2010-04-01/Accounts/AC{'0' * 32}/Messages.json") == MESSAGES_ROUTE


def test_a_fake_counts_from_where_it_stood() -> None:
    before = {"messages": {"delivered": 5, "sent": 2}, "evicted": 1}
    after = {"messages": {"delivered": 27, "failed": 3}, "evicted": 1}

    told = of_fake(before, after)

    assert told == OfFake({"delivered": 22, "failed": 3, "sent": -2}, 0)
    assert told.sent == 23


@pytest.mark.parametrize("before", [{}, {"by_status": {"sent": 1}, "replies": 1, "forgotten": 2}])
def test_so_does_a_sink(before: dict[str, object]) -> None:
    after = {"by_status": {"sent": 4, "received": 2}, "replies": 2, "forgotten": 2}

    expected = OfSink({"sent": 3, "received": 2}, 1, 0) if before else OfSink({"sent": 4, "received": 2}, 2, 2)
    assert of_sink(before, after) == expected


def test_all_that_was_counted_is_told_by_who_counted_it() -> None:
    tally = Tally()
    tally.count("requests", 9)

    told = counts_of(tally, {"messages": {"delivered": 3}}, {"by_status": {"delivered": 2}, "repeats": 1})

    assert told == (("requests", 9), ("fake: delivered", 3), ("sink: delivered", 2), ("sink: repeats", 1))
    assert counts_of(Tally(), {}, {}) == ()
