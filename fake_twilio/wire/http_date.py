"""The Date of an answer, which is the same for many.

Twilio dates its answers and its messages by one clock, so the fake does, too, wherever its clock was moved: whoever
judges by the Date how far the own clock is off finds out how far it is off from the dates of messages.
"""

from collections.abc import Callable
from email.utils import formatdate


class HttpDate:
    """Writes the date by *now*, in seconds since 1970, or by the clock of the machine; many threads may ask."""

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        self._now = now
        self._written = (-1, "")  # of which second, and what: one value, so that nobody sees half of a change

    def text(self) -> str:
        """Return the date as RFC 9110 wants it: ``Fri, 27 Nov 2026 09:05:00 GMT``."""
        if self._now is None:
            return formatdate(usegmt=True)
        now = int(self._now())
        second, text = self._written
        if now != second:
            text = formatdate(now, usegmt=True)
            self._written = now, text
        return text
