"""Reading a socket until a deadline."""

import io
import socket
from collections.abc import Iterator
from typing import cast

import pytest

from fake_twilio.wire.deadline import DeadlineReader
from fake_twilio.wire.timed_socket import TimedSocket


class Steps:
    """A clock that goes on by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Source:
    """A connection that answers each look with the next of *counts*, and writes down how long it might have waited."""

    def __init__(self, counts: list[int | None]) -> None:
        self._counts = iter(counts)
        self.waits: list[float] = []

    def read_into(self, _buffer: bytearray, seconds: float) -> int | None:
        self.waits.append(seconds)
        return next(self._counts)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    left, right = socket.socketpair()
    with left, right:
        yield left, right


def test_what_comes_in_time_is_read(pair: tuple[socket.socket, socket.socket]) -> None:
    reader = DeadlineReader(TimedSocket(pair[0], Steps()), Steps())
    reader.allow(5)
    pair[1].sendall(b"abc")

    with io.BufferedReader(reader) as buffered:
        assert buffered.read(3) == b"abc"


def test_after_the_deadline_nothing_is_read_though_it_is_there(pair: tuple[socket.socket, socket.socket]) -> None:
    clock = Steps()
    reader = DeadlineReader(TimedSocket(pair[0], Steps()), clock)
    reader.allow(5)
    pair[1].sendall(b"abc")
    clock.now = 5.0

    with pytest.raises(TimeoutError, match="too slowly"):
        reader.readinto(bytearray(3))
    reader.close()


def test_a_wait_is_cut_to_what_is_left() -> None:
    clock = Steps()
    source = Source([None, 3])
    reader = DeadlineReader(cast(TimedSocket, source), clock, pause_seconds=0.5)
    reader.allow(5)
    clock.now = 4.99

    assert reader.readinto(bytearray(3)) == 3
    assert source.waits == [pytest.approx(0.01)] * 2


def test_no_single_wait_is_longer_than_a_pause_may_be(pair: tuple[socket.socket, socket.socket]) -> None:
    reader = DeadlineReader(TimedSocket(pair[0], Steps()), Steps(), pause_seconds=0.01)
    reader.allow(50)

    with pytest.raises(TimeoutError):
        reader.readinto(bytearray(3))
    assert not reader.has_begun
    reader.close()


def test_a_reader_knows_whether_a_byte_came(pair: tuple[socket.socket, socket.socket]) -> None:
    reader = DeadlineReader(TimedSocket(pair[0], Steps()), Steps())
    reader.allow(5)
    pair[1].sendall(b"abc")

    assert not reader.has_begun
    reader.readinto(bytearray(3))
    assert reader.has_begun
    reader.close()


def test_no_more_is_read_than_may_be(pair: tuple[socket.socket, socket.socket]) -> None:
    reader = DeadlineReader(TimedSocket(pair[0], Steps()), Steps(), most_bytes=3)
    reader.allow(5)
    pair[1].sendall(b"abcd")

    with pytest.raises(OSError, match="too much came"):
        io.BufferedReader(reader).read()
    reader.close()
