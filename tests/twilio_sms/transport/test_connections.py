"""A journey: its phase, and waits that never outlast its deadline."""

import errno
import socket

import pytest

from tests.doubles import HandClock
from twilio_sms.transport.connections import Journey, JourneyTimeout, _TrackedConnection
from twilio_sms.transport.wire import Timeouts
from twilio_sms.verdict import Phase

TIMES = Timeouts(connect_seconds=3, read_seconds=10, total_seconds=30)


def test_a_wait_takes_no_longer_than_the_deadline_leaves() -> None:
    clock = HandClock()
    journey = Journey(TIMES, clock.monotonic)

    clock.sleep(25)

    assert journey.left(10) == 5
    assert journey.left(3) == 3


def test_after_the_deadline_nothing_is_waited_for() -> None:
    clock = HandClock()
    journey = Journey(TIMES, clock.monotonic)
    clock.sleep(30)

    with pytest.raises(TimeoutError, match="longer than 30 s in total"):
        journey.left(1)


def test_a_time_out_before_the_deadline_stays_what_it_is() -> None:
    error = TimeoutError("timed out")

    assert Journey(TIMES, HandClock().monotonic).too_late(error) is error


def test_a_copied_timeout_has_the_same_journey_and_less_time() -> None:
    clock = HandClock()
    timeout = JourneyTimeout(Journey(TIMES, clock.monotonic))
    clock.sleep(28)

    copy = timeout.clone()

    assert copy.journey is timeout.journey
    assert (copy.connect_timeout, copy.read_timeout) == (2, 2)


class FailingSocket:
    """Refuses to send, in the way that it is told."""

    def __init__(self, error: OSError) -> None:
        self.error = error

    def sendall(self, _data: bytes) -> None:
        raise self.error

    def close(self) -> None:
        return


@pytest.mark.parametrize(
    ("error", "phase"),
    [
        pytest.param(ConnectionResetError(errno.ECONNRESET, "reset"), Phase.BROKEN, id="the kernel says reset"),
        pytest.param(BrokenPipeError(errno.EPIPE, "pipe"), Phase.BROKEN, id="the kernel says broken pipe"),
        pytest.param(TimeoutError("timed out"), Phase.SENDING, id="a time-out, of the socket or of an alarm"),
    ],
)
def test_only_the_kernels_word_proves_that_a_part_was_left_over(error: OSError, phase: Phase) -> None:
    connection = _TrackedConnection("127.0.0.1")
    connection.begin(Journey(TIMES, HandClock().monotonic))
    connection.sock = FailingSocket(error)  # type: ignore[assignment]

    with pytest.raises(OSError, match=r".*"):
        connection.send(b"x")

    assert connection.journey.phase is phase


def test_a_part_that_was_sent_leaves_the_request_on_its_way() -> None:
    left, right = socket.socketpair()
    connection = _TrackedConnection("127.0.0.1")
    connection.begin(Journey(TIMES, HandClock().monotonic))
    connection.sock = left

    connection.send(b"a part")

    assert right.recv(100) == b"a part"
    assert connection.journey.phase is Phase.SENDING
    left.close()
    right.close()
