"""Tells who waits that Twilio is in trouble, and why.

While nothing gets through a bulk rests, and goes on by itself once Twilio answers again; that may be hours after an
outage, or never after a mistake in the address. So the reason is told once when it begins, and once that it is over.
"""

from collections.abc import Callable
from threading import Lock

from twilio_sms.resilience.breaker import Change
from twilio_sms.resilience.breaker_table import State
from twilio_sms.resilience.retrier import RetryDetails


class Trouble:
    """Listens to one client; its calls come from many threads. *tell* is given a line for a person."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._lock = Lock()
        self._reason = "Twilio gives no answer"
        self._is_told = False

    def on_retry(self, details: RetryDetails) -> None:
        """Keep what an attempt failed with: the breaker, which opens later, only counts."""
        self._reason = details.error.message

    def on_breaker_change(self, change: Change) -> None:
        """Tell that the trouble begins, or that it is over; what lies between is not told again."""
        is_over = change.after is State.CLOSED
        with self._lock:
            is_news = self._is_told if is_over else not self._is_told
            self._is_told = not is_over
        if is_news:
            self._tell("Twilio answers again" if is_over else f"{self._reason}; rows wait until Twilio answers")
