"""Tests of what is to happen to which message."""

import pytest

from twilio_sms.errors import InvalidRecipientError, LocalOptOutError, RateLimitedError, ValidationError
from twilio_sms.simulation.expectations import UnexpectedSendError, UnmetExpectationError, Wanted
from twilio_sms.simulation.script import Script
from twilio_sms.simulation.sent_message import SentMessage
from twilio_sms.simulation.simulated import simulated

ANN, BOB = "+15551234567", "+15557654321"
TO_ANN, TO_BOB = SentMessage(to=ANN, body="a"), SentMessage(to=BOB, body="b")
LIMITED, WRONG, STOPPED = (simulated(kind) for kind in (RateLimitedError, InvalidRecipientError, LocalOptOutError))


def script(*wanted: Wanted, in_order: bool = False, is_strict: bool = True) -> Script:
    made = Script(in_order=in_order, is_strict=is_strict)
    for each in wanted:
        made.expect(each)
    return made


def test_any_order_will_do_unless_it_matters() -> None:
    anyhow = script(Wanted(ANN), Wanted(BOB))

    anyhow.take(TO_BOB)
    anyhow.take(TO_ANN)

    anyhow.verify()


def test_an_order_that_matters_is_kept() -> None:
    ordered = script(Wanted(ANN), Wanted(BOB), in_order=True)

    with pytest.raises(UnexpectedSendError):
        ordered.take(TO_BOB)


def test_what_comes_more_often_than_it_may_is_unexpected_and_stays_so() -> None:
    once = script(Wanted(ANN))
    once.take(TO_ANN)

    with pytest.raises(UnexpectedSendError):
        once.take(TO_ANN)
    with pytest.raises(UnmetExpectationError, match="came and was not expected"):
        once.verify()


def test_who_is_not_strict_takes_anything_but_misses_what_is_expected() -> None:
    easy = script(Wanted(ANN), is_strict=False)

    easy.take(TO_BOB)

    with pytest.raises(UnmetExpectationError, match="came 0 of 1 times"):
        easy.verify()


def test_an_answer_is_for_the_last_expectation_if_it_is_about_that_number() -> None:
    one = script(Wanted(ANN))
    one.answer(ANN, {"status": "failed"})
    one.answer(BOB, {"status": "sent"})

    assert [one.take(sent).facts for sent in (TO_ANN, TO_BOB, TO_BOB)] == [
        {"status": "failed"},
        {"status": "sent"},
        {"status": "sent"},
    ]


def test_the_first_times_of_an_expectation_fail() -> None:
    twice = script(Wanted(ANN, times=2))
    twice.fail(LIMITED, None, 1)

    assert [twice.take(TO_ANN).failure for _ in range(2)] == [LIMITED, None]


def test_without_an_expectation_the_next_message_fails_whoever_gets_it() -> None:
    empty = script()
    empty.fail(LIMITED, None, 1)
    empty.fail(WRONG, BOB, 1)

    assert [empty.take(TO_ANN).failure, empty.take(TO_BOB).failure] == [LIMITED, WRONG]


def test_a_failure_that_no_message_met_is_told() -> None:
    empty = script()
    empty.fail(LIMITED, None, 1)

    with pytest.raises(UnmetExpectationError, match="what was to fail with RateLimitedError"):
        empty.verify()


def test_a_gate_stops_its_own_message_and_it_counts_as_come() -> None:
    one = script(Wanted(ANN))
    one.fail(STOPPED, None, 1)

    assert [one.stop(BOB, None), one.stop(ANN, None), one.stop(ANN, None)] == [None, STOPPED, None]
    one.verify()


def test_a_gate_leaves_alone_what_fails_on_the_wire() -> None:
    one = script(Wanted(ANN))
    one.fail(LIMITED, None, 1)

    assert one.stop(ANN, None) is None
    assert one.take(TO_ANN).failure is LIMITED


def test_a_gate_that_waits_for_anybody_stops_the_next() -> None:
    empty = script()
    empty.fail(STOPPED, None, 1)

    assert [empty.stop(BOB, None), empty.stop(BOB, None)] == [STOPPED, None]


def test_a_gate_that_does_not_see_the_text_cannot_ask_for_it() -> None:
    with pytest.raises(ValidationError, match="before its text is looked at"):
        script(Wanted(ANN, body="a")).fail(STOPPED, None, 1)


def test_more_failures_than_messages_are_refused() -> None:
    with pytest.raises(ValidationError, match="raise times= of expect_send"):
        script(Wanted(ANN)).fail(LIMITED, None, 2)
