"""Who works on a webhook, and what became of a try to.

A claim is a lease: it ends by itself when its holder dies, and the webhook is there for the next. A holder who was
only slow may still finish after that; the first to finish counts, and the answer stays.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Claimed(StrEnum):
    """What became of an attempt to claim a webhook."""

    MINE = "mine"  # it is for the caller to work on, and to finish or release
    UNDER_WAY = "under-way"  # another one works on it, and its time is not over
    DONE = "done"  # it was worked on


class Claim(NamedTuple):
    """The outcome; of a webhook that is done the answer that it got, of one's own the *token* that tells it apart."""

    state: Claimed
    answer: str = ""
    token: str = ""


class Lease(NamedTuple):
    """A webhook that was claimed: until when, and its answer once it is done."""

    until: datetime
    answer: str | None = None

    @classmethod
    def begin(cls, now: datetime, seconds: float) -> "Lease":
        return cls(now + timedelta(seconds=seconds))

    @property
    def token(self) -> str:
        """What tells this claim from the one that it took over from, which ended earlier."""
        return self.until.isoformat()

    def refusal(self, now: datetime) -> Claim | None:
        """Return what somebody who wants to claim it *now* is told, ``None`` if it is free."""
        if self.answer is not None:
            return Claim(Claimed.DONE, self.answer)
        return Claim(Claimed.UNDER_WAY) if now < self.until else None
