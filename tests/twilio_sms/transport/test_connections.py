"""Connections mark the phase before each part goes out, and are kept only while nothing strange lies in them."""

import errno
import socket
from queue import Empty, Full

import pytest

from tests.doubles import HandClock
from twilio_sms.transport.connections import _Shelf, _TrackedConnection
from twilio_sms.transport.journey import Journey
from twilio_sms.transport.wire import Timeouts
from twilio_sms.verdict import Phase

TIMES = Timeouts(connect_seconds=3, read_seconds=10, total_seconds=30)
# What may end a send: the kernel's word, a time-out, and whatever a signal handler raises.
ENDS = [
    ConnectionResetError(errno.ECONNRESET, "reset"),
    BrokenPipeError(errno.EPIPE, "pipe"),
    TimeoutError("timed out"),
    TimeoutError(errno.ETIMEDOUT, "a watchdog"),
    OSError(errno.EIO, "a handler's own trouble"),
    RuntimeError("a job's soft limit"),
]


class RefusingSocket:
    """Takes some parts, then ends the next one in the way that it is told."""

    def __init__(self, takes: int, end: Exception) -> None:
        self.takes = takes
        self.end = end

    def sendall(self, _data: bytes) -> None:
        self.takes -= 1
        if self.takes < 0:
            raise self.end

    def settimeout(self, _seconds: float) -> None:
        return

    def close(self) -> None:
        return


def begun(sock: object) -> _TrackedConnection:
    connection = _TrackedConnection("127.0.0.1")
    connection.begin(Journey(TIMES, HandClock().monotonic))
    connection.sock = sock
    return connection


@pytest.mark.parametrize("end", ENDS, ids=repr)
def test_whatever_ends_the_head_leaves_the_server_without_the_body(end: Exception) -> None:
    connection = begun(RefusingSocket(0, end))

    with pytest.raises(type(end)):
        connection.request("POST", "/x", body=b"body")

    assert connection.journey.phase is Phase.SENDING


@pytest.mark.parametrize("end", ENDS, ids=repr)
def test_whatever_ends_the_last_part_proves_nothing(end: Exception) -> None:
    connection = begun(RefusingSocket(1, end))

    with pytest.raises(type(end)):
        connection.request("POST", "/x", body=b"body")

    assert connection.journey.phase is Phase.SENDING_LAST


def test_a_head_without_a_body_is_the_last_part() -> None:
    connection = begun(RefusingSocket(0, ENDS[0]))

    with pytest.raises(ConnectionResetError):
        connection.request("GET", "/x")

    assert connection.journey.phase is Phase.SENDING_LAST


def test_a_request_that_left_is_sent_and_asks_for_its_whole_address() -> None:
    left, right = socket.socketpair()
    connection = begun(left)
    connection.journey.target = "/x?To=%2B1"

    connection.request("GET", "/x")

    assert right.recv(100).startswith(b"GET /x?To=%2B1 HTTP/1.1")
    assert connection.journey.phase is Phase.SENT
    left.close()
    right.close()


def test_without_a_connection_there_is_no_answer_to_wait_for() -> None:
    connection = _TrackedConnection("127.0.0.1")

    with pytest.raises(ConnectionError, match="no connection"):
        connection.getresponse()


def test_a_shelf_gives_the_last_first_and_has_its_bounds() -> None:
    shelf = _Shelf(2)
    shelf.put("a")
    shelf.put("b")

    with pytest.raises(Full):
        shelf.put("c")
    assert (shelf.qsize(), shelf.get(), shelf.get()) == (2, "b", "a")
    with pytest.raises(Empty):
        shelf.get()


@pytest.mark.parametrize(("on_new_connection", "is_kept"), [(False, True), (True, False)])
def test_a_journey_may_ask_for_a_new_connection(on_new_connection: bool, is_kept: bool) -> None:
    left, right = socket.socketpair()
    connection = begun(left)

    connection.begin(Journey(TIMES, HandClock().monotonic, on_new_connection=on_new_connection))

    assert (connection.sock is left) is is_kept
    left.close()
    right.close()


def test_all_addresses_of_a_host_share_one_deadline() -> None:
    clock = HandClock()
    connection = _TrackedConnection("localhost", 9)
    connection.begin(Journey(TIMES, clock.monotonic))
    clock.sleep(31)

    with pytest.raises(TimeoutError, match="longer than 30 s in total"):
        connection.connect()


def test_the_trouble_with_the_last_address_is_told() -> None:
    connection = _TrackedConnection("localhost", 9)
    connection.begin(Journey(TIMES, HandClock().monotonic))

    with pytest.raises(ConnectionRefusedError):
        connection.connect()


class RunningClock(HandClock):
    """A second passes between two looks."""

    def monotonic(self) -> float:
        self.sleep(1.0)
        return super().monotonic()


def test_tls_has_what_the_connecting_left_of_its_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        connection = _TrackedConnection(*server.getsockname())
        connection.begin(Journey(Timeouts(connect_seconds=10), RunningClock().monotonic))

        connection.connect()

        left_seconds = connection.sock.gettimeout()
        connection.close()
        assert 0 < left_seconds < 9


def test_a_connection_that_leaves_no_time_for_tls_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        connection = _TrackedConnection(*server.getsockname())
        connection.begin(Journey(Timeouts(connect_seconds=2), RunningClock().monotonic))

        with pytest.raises(TimeoutError, match="timed out"):
            connection.connect()
