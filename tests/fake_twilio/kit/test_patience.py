"""Tests of whether an app comes back when it was told to."""

from fake_twilio.kit.patience import Followed, followed
from tests.fake_twilio.kit.runs import asked

LATER = {"status": 429, "retry_after_seconds": 3.0}


def test_whoever_comes_back_in_time_was_patient() -> None:
    (seen,) = followed([asked(0, **LATER), asked(3.5)])

    assert (seen.came_back, seen.is_too_early) == (True, False)


def test_whoever_comes_back_at_once_was_not() -> None:
    (seen,) = followed([asked(0, **LATER), asked(1)])

    assert (seen.came_back, seen.is_too_early) == (True, True)


def test_waiting_counts_in_the_time_of_the_run_or_in_real_time() -> None:
    by_hand = followed([asked(0, real=0, **LATER), asked(3, real=0.01)])
    by_sleep = followed([asked(0, real=0, **LATER), asked(0, real=3.01)])

    assert [one.is_too_early for one in by_hand + by_sleep] == [False, False]


def test_whoever_never_comes_back_is_neither() -> None:
    assert followed([asked(0, **LATER)]) == [Followed(3.0, None)]
    assert not Followed(3.0, None).is_too_early


def test_what_is_asked_for_somebody_else_is_something_else() -> None:
    (seen,) = followed([asked(0, **LATER), asked(1, to="+15557654321"), asked(1, method="GET")])

    assert not seen.came_back


def test_what_was_under_way_already_is_no_answer_to_it() -> None:
    refused = asked(1, real=1, **LATER)

    (seen,) = followed([refused, asked(1, real=1.0005)])

    assert not seen.came_back


def test_an_answer_that_nobody_could_read_asks_for_nothing() -> None:
    assert followed([asked(0, fault="half_body", **LATER), asked(1)]) == []


def test_each_answer_asks_anew() -> None:
    seen = followed([asked(0, **LATER), asked(3, **LATER), asked(4)])

    assert [one.is_too_early for one in seen] == [False, True]
