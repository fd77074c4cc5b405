"""A socket each of whose waits has its own limit, at one system call where `settimeout` would take three.

Each call lets go of the interpreter, and a busy fake would spend its time on who has it next.
"""

import os
import select
import socket
import ssl
import struct
from collections.abc import Callable
from typing import Any

_NOT_YET = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
_Wait = Callable[[float], bool]
_WITHOUT_WAITING = struct.pack(
    "hh" if os.name == "nt" else "ii", 1, 0
)  # SO_LINGER: what is left is dropped, and a RST sent
_LOOK_SECONDS = 0.05


class TimedSocket:
    """Reads from and writes to a connection that is open, and never waits longer than it is told."""

    def __init__(self, opened: socket.socket, monotonic: Callable[[], float]) -> None:
        opened.settimeout(0.0)
        self._socket = opened
        self._monotonic = monotonic
        self._has_come = _watch(opened, is_for_reading=True)
        self._has_room = _watch(opened, is_for_reading=False)
        self._unread = opened.pending if isinstance(opened, ssl.SSLSocket) else _nothing

    @property
    def has_news(self) -> bool:
        """Whether the other side has closed, or sent something that nobody has read."""
        return self._has_come(0.0)

    def read_into(self, buffer: Any, seconds: float) -> int | None:
        """Read what is there, within *seconds*: how many bytes, 0 at the end; ``None`` if it was part of a TLS record.

        Raises `TimeoutError` if nothing came.
        """
        if not self._unread() and not self._has_come(seconds):
            raise TimeoutError("nothing came in time")
        try:
            return self._socket.recv_into(buffer)
        except _NOT_YET:
            return None

    def send_all(self, data: bytes, seconds: float) -> None:
        """Send *data* whole; raise `TimeoutError` if the other side does not take it within *seconds*."""
        sent = self._sent(data)
        if sent == len(data):  # it mostly fits
            return
        rest = memoryview(data)[sent:]
        deadline = self._monotonic() + seconds
        while rest := rest[self._sent(rest) :]:
            if not self._has_room(deadline - self._monotonic()):
                raise TimeoutError("the other side took nothing in time")

    def begins_within(self, seconds: float) -> bool:
        """Wait up to *seconds* for a byte, and read nothing: whether there is one, or the other side has closed.

        Raises `TimeoutError` if nothing came. Not for TLS, whose bytes cannot be looked at.
        """
        if not self._has_come(seconds):
            raise TimeoutError("nothing came in time")
        return bool(self._socket.recv(1, socket.MSG_PEEK))

    def is_gone_within(self, seconds: float) -> bool:
        """Wait up to *seconds* and read nothing; return at once, and ``True``, when either side has closed."""
        if not hasattr(select, "poll"):
            return self._is_seen_gone(self._monotonic() + seconds)
        watched = select.poll()
        watched.register(self._socket, getattr(select, "POLLRDHUP", 0))  # without it, the system's own idea of an end
        return bool(watched.poll(max(seconds, 0.0) * 1000))

    def close(self) -> None:
        self._socket.close()

    def reset(self) -> None:
        """Close at once, and let the other side see a reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _WITHOUT_WAITING)
        self._socket.close()

    def _is_seen_gone(self, deadline: float) -> bool:
        """Look now and then; behind bytes that nobody reads the end cannot be seen."""
        while (rest := deadline - self._monotonic()) > 0:
            try:
                if not self._socket.recv(1, socket.MSG_PEEK):
                    return True
            except _NOT_YET:
                pass
            except OSError:
                return True
            select.select([], [], [self._socket], min(rest, _LOOK_SECONDS))
        return False

    def _sent(self, data: bytes | memoryview) -> int:
        try:
            return self._socket.send(data)
        except _NOT_YET:
            return 0


def _nothing() -> int:
    return 0


def _watch(opened: socket.socket, *, is_for_reading: bool) -> _Wait:
    """Return what waits up to so many seconds until *opened* can be read from, or written to; says whether it can."""
    if not hasattr(select, "poll"):  # Windows, whose `select` takes any socket; elsewhere it takes none past 1023
        read, write = ([opened], []) if is_for_reading else ([], [opened])
        return lambda seconds: any(select.select(read, write, [], max(seconds, 0.0)))
    watched = select.poll()
    watched.register(opened, select.POLLIN if is_for_reading else select.POLLOUT)
    return lambda seconds: bool(watched.poll(max(seconds, 0.0) * 1000))
