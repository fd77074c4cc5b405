"""Counts what is asked of the fake and is no route of it, so that nobody takes a gap for an answer of Twilio's."""

import logging
import re
from threading import Lock

from fake_twilio.domain.values.logged import printable

MAX_ROUTES = 1_000
OTHER = "other"
_API_VERSION = "2010-04-01"  # it has as many digits as a number
_SID = re.compile(r"[A-Za-z]{0,2}[0-9A-Fa-f]{32,}")
_NUMBER = re.compile(r"\+?\d(?:[^\w/]{0,3}\d){6,}")  # also with blanks, brackets or dashes between its digits
_MAX_CHARACTERS = 200
_log = logging.getLogger("fake_twilio")


class UnknownRoutes:
    """How often each was asked; up to `MAX_ROUTES` different ones, the rest together as `OTHER`."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def count(self, method: str, path: str) -> None:
        """Count a request; warn of the first of each."""
        route = shown_route(method, path)
        with self._lock:
            if route not in self._counts and len(self._counts) >= MAX_ROUTES:
                route = OTHER
            self._counts[route] = asked = self._counts.get(route, 0) + 1
        if asked == 1:
            _log.warning("no such route here: %s; docs/coverage.md lists what the fake offers", route)

    def counts(self) -> dict[str, int]:
        """Return a copy of the counts, in the order in which the routes were first asked."""
        with self._lock:
            return dict(self._counts)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._counts.clear()


def shown_route(method: str, path: str) -> str:
    """Return the route as it may be shown: no SID, no phone number, nothing that drives a terminal."""
    shown = "/".join(map(_shown_part, path.split("/")))
    return printable(f"{method} {shown}")[:_MAX_CHARACTERS]


def _shown_part(part: str) -> str:
    return part if part == _API_VERSION else _NUMBER.sub("{Number}", _SID.sub("{Sid}", part))
