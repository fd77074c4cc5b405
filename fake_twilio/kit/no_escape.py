"""No test reaches the real Twilio by mistake: whoever looks one of its names up is stopped.

Python tells audit hooks of every look-up, whichever library asks and in whichever thread. A hook cannot be taken away
again: there is one for each process, and it asks a gate that is open but for the time of a test. What a proxy looks up
is not seen.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from fake_twilio.kit.hosts import is_twilio

# What each event's arguments hold at which place: a host, or an address that begins with one.
PLACES = {
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.connect": 1,
    "socket.sendto": 1,
}


class EscapeError(RuntimeError):
    """Code under test was about to connect to the real Twilio.

    No `OSError`, so that nothing takes it for a bad network, wraps it or tries again.
    """


class Gate:
    """Lets look-ups pass, but for those of Twilio's names while it is shut."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._urls: tuple[str, ...] = ()  # of the fakes that are used; a test of tests has several
        self._is_hooked = False

    @contextmanager
    def shut(self, url: str) -> Iterator[None]:
        """Stop whoever looks for Twilio, and say that the fake answers at *url*."""
        self._hook()
        with self._lock:
            self._urls = (*self._urls, url)
        try:
            yield
        finally:
            with self._lock:
                place = self._urls.index(url)
                self._urls = self._urls[:place] + self._urls[place + 1 :]

    def check(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raise `EscapeError` if *event* is a look-up of one of Twilio's names, and the gate is shut."""
        place, urls = PLACES.get(event), self._urls  # as they are at this moment: other threads ask, too
        if place is None or not urls:
            return
        host = _host(arguments[place])
        if is_twilio(host):
            raise EscapeError(_reason(host, urls[-1]))

    def _hook(self) -> None:
        with self._lock:
            is_hooked, self._is_hooked = self._is_hooked, True
        if not is_hooked:
            sys.addaudithook(self.check)


GATE = Gate()  # one for each process, as the hook is


def _host(argument: Any) -> str:
    first = argument[0] if isinstance(argument, tuple) and argument else argument
    if isinstance(first, bytes | bytearray):
        return first.decode("ascii", "replace")
    return first if isinstance(first, str) else ""


def _reason(host: str, url: str) -> str:
    return (
        f"a connection to {host} was stopped: a test with the fixture fake_twilio does not reach the real Twilio. "
        f"Point the client at the fake: its address is fake_twilio.url ({url}); for the official client use "
        "fake_twilio.sdk() or fake_twilio.patch_sdk(client). If the test is meant to reach Twilio, mark it with "
        "@pytest.mark.fake_twilio(allow_escape=True)."
    )
