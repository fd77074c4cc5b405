"""Tests of how far a request has come, and what is left of its time."""

import socket
from contextlib import closing
from ssl import SSLCertVerificationError

import pytest

from fake_twilio.delivery.journey import Journey
from fake_twilio.domain.webhooks.overrides import Limits
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.domain.webhooks.targets import TargetRefused
from tests.fake_twilio.doubles import Stopwatch

LIMITS = Limits(connect_seconds=3.0, read_seconds=4.0, total_seconds=5.0)


def under_way(step_seconds: float = 0.0) -> Journey:
    """Return a journey whose clock goes on by *step_seconds* at each look."""
    return Journey(LIMITS, Stopwatch(step_seconds))


# Twilio, "Webhook connection overrides": ct is the time to connect, TLS included; tt the time in all.
@pytest.mark.parametrize(("elapsed", "connect", "send"), [(0.0, 3.0, 3.0), (1.0, 2.0, 3.0), (2.5, 0.5, 2.5)])
def test_the_time_to_connect_goes_on_and_sending_has_as_much_anew(elapsed: float, connect: float, send: float) -> None:
    assert under_way(elapsed).connect_seconds == pytest.approx(connect)
    assert under_way(elapsed).send_seconds == pytest.approx(send)


def test_a_request_whose_time_is_over_has_a_moment_left_and_no_more() -> None:
    late = under_way(9.0)

    assert 0 < late.connect_seconds < 0.01
    assert 0 < late.send_seconds < 0.01


def test_the_total_time_limits_the_time_to_connect() -> None:
    assert Journey(Limits(connect_seconds=5.0, total_seconds=0.5), Stopwatch()).connect_seconds == 0.5


ERRORS = {
    "refused": (TargetRefused("no"), Failure.REFUSED),
    "no address": (ValueError("no"), Failure.REFUSED),
    "no name": (socket.gaierror("no"), Failure.CONNECT),
    "nobody there": (ConnectionRefusedError("no"), Failure.CONNECT),
    "too slow": (TimeoutError("no"), Failure.CONNECT),
    "a name that is not proved": (SSLCertVerificationError("no"), Failure.CONNECT),  # which is a `ValueError` too
}


@pytest.mark.parametrize(("error", "failure"), ERRORS.values(), ids=ERRORS.keys())
def test_before_it_is_connected_a_request_is_refused_or_not_connected(error: Exception, failure: Failure) -> None:
    assert under_way().failure(error) is failure


@pytest.mark.parametrize(("error", "failure"), [(TimeoutError(), Failure.SILENT), (OSError(), Failure.BROKEN)])
def test_after_that_the_other_side_is_silent_or_the_connection_broken(error: Exception, failure: Failure) -> None:
    journey = under_way()
    journey.is_connected = True

    assert journey.failure(error) is failure


def test_after_the_first_byte_an_answer_is_partial_whatever_ends_it() -> None:
    left, right = socket.socketpair()
    with left, right:
        journey = under_way()
        journey.is_connected = True
        with closing(journey.reader(journey.timed(left))) as reader:
            right.sendall(b"H")
            reader.readinto(bytearray(1))

    assert journey.failure(TimeoutError()) is Failure.PARTIAL
