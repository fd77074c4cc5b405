"""The Date of an answer, which is the same for many."""

from collections.abc import Callable
from email.utils import formatdate

FRESH_SECONDS = 0.1  # a second that has begun meanwhile is told no later than this


class HttpDate:
    """Writes the date of the moment; many threads may ask. *write* makes it anew, by the clock of the machine."""

    def __init__(
        self, monotonic: Callable[[], float], write: Callable[[], str] = lambda: formatdate(usegmt=True)
    ) -> None:
        self._monotonic = monotonic
        self._write = write
        self._written = (-FRESH_SECONDS, "")  # when, and what: one value, so that nobody sees half of a change

    def text(self) -> str:
        """Return the date as RFC 9110 wants it: ``Fri, 27 Nov 2026 09:05:00 GMT``."""
        at, text = self._written
        now = self._monotonic()
        if now - at >= FRESH_SECONDS or not text:
            text = self._write()
            self._written = now, text
        return text
