"""Tests of what a person is told about expectations that were not met."""

from twilio_sms.simulation.differences import unexpected, unmet
from twilio_sms.simulation.expectations import Expectation, Wanted
from twilio_sms.simulation.sent_message import SentMessage

ANN, BOB, SENDER = "+15551234567", "+15557654321", "+15005550006"
SENT = SentMessage(to=ANN, from_=SENDER, body="bye")


def test_the_closest_expectation_is_told_field_by_field() -> None:
    expected = [Expectation(Wanted(BOB, body="hi")), Expectation(Wanted(ANN, SENDER, body="hi"))]

    told = unexpected(SENT, expected, in_order=False)

    assert told.splitlines() == [
        f"a message was sent that was not expected: to {ANN} from {SENDER}: 'bye'",
        "the closest expectation is",
        f"    to: '{ANN}' (fits)",
        f"    from_: '{SENDER}' (fits)",
        "    body: 'hi', came 'bye'",
    ]


def test_in_order_the_next_one_is_told() -> None:
    expected = [Expectation(Wanted(BOB)), Expectation(Wanted(ANN))]

    told = unexpected(SENT, expected, in_order=True)

    assert told.splitlines()[1:] == ["the next in order is", f"    to: '{BOB}', came '{ANN}'"]


def test_who_expects_nothing_is_told_what_to_write() -> None:
    assert "add expect_send(...), or make MockClient(strict=False)" in unexpected(SENT, [], in_order=False)


def test_expectations_that_were_met_are_told_as_met() -> None:
    met = Expectation(Wanted(ANN))
    met.came = 1

    assert "all 1 expectations were met before" in unexpected(SENT, [met], in_order=False)


def test_what_is_missing_is_told_beside_what_came_closest() -> None:
    told = unmet([Expectation(Wanted(ANN, body="hi", times=2))], [SENT], [SENT], ["RateLimitedError"])

    assert told.splitlines() == [
        f"came 0 of 2 times: expect_send('{ANN}', body='hi', times=2)",
        "  what came closest differs in",
        f"    to: '{ANN}' (fits)",
        "    body: 'hi', came 'bye'",
        f"came and was not expected: to {ANN} from {SENDER}: 'bye'",
        "no message met what was to fail with RateLimitedError",
        "what was sent, in order:",
        f"  1. to {ANN} from {SENDER}: 'bye'",
    ]


def test_that_nothing_was_sent_is_told() -> None:
    assert unmet([Expectation(Wanted(ANN))], [], []).splitlines()[-1] == "  nothing"


def test_all_is_well_in_no_words() -> None:
    assert unmet([], [SENT], []) == ""
