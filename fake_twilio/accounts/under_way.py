"""How many requests of each account are under way, and which of them is one too many.

Source: Twilio's page about 20429: an account may have so many requests at one time, and what is refused with a 429 was
never processed. Inferred: the account that asks is counted, not the one that the path names.
"""

from threading import Lock
from typing import NamedTuple

VISIT = "fake_twilio.visit"  # in the environment of a request: its `Visit`, once it is known who asks


class UnderWay:
    """The requests under way, counted by account; many threads may begin and end."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def begin(self, account_sid: str, at_most: int | None) -> "Visit":
        """Count a request of an account, unless *at_most* are under way already."""
        with self._lock:
            before = self._counts.get(account_sid, 0)
            is_refused = at_most is not None and before >= at_most
            if not is_refused:
                self._counts[account_sid] = before + 1
        return Visit(self, account_sid, before if is_refused else before + 1, is_refused)

    def end(self, account_sid: str) -> None:
        """Count one request of an account less."""
        with self._lock:
            rest = self._counts.pop(account_sid) - 1
            if rest:
                self._counts[account_sid] = rest

    def counts(self) -> dict[str, int]:
        """Return how many requests each account has under way; those with none are not there."""
        with self._lock:
            return dict(self._counts)


class Visit(NamedTuple):
    """A request of an account, and how many the account has *under_way*: a refused one is none of them."""

    house: UnderWay
    account_sid: str
    under_way: int
    is_refused: bool

    def end(self) -> None:
        """Say that the request is answered; to be called once."""
        if not self.is_refused:
            self.house.end(self.account_sid)
