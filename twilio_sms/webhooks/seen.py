"""What remembers which webhooks were worked on: the seam to a store."""

from enum import StrEnum
from typing import NamedTuple, Protocol


class Claimed(StrEnum):
    """What became of an attempt to claim a webhook."""

    MINE = "mine"  # it is for the caller to work on, and to finish or release
    UNDER_WAY = "under-way"  # another one works on it, and its time is not over
    DONE = "done"  # it was worked on


class Claim(NamedTuple):
    """The outcome, and for a webhook that is done the answer that it got."""

    state: Claimed
    answer: str = ""


class SeenWebhooks(Protocol):
    """Remembers webhooks by a key of signed fields, for at least seven days.

    Every method raises `WebhookStoreError` if it cannot do what it says; what it has recorded when it returns outlives
    the process, for a store that promises so.
    """

    def claim(self, key: str, lease_seconds: float) -> Claim:
        """Claim *key*, for so long; a claim that ran out, since who had it died, is there for the next."""

    def finish(self, key: str, answer: str) -> None:
        """Note that the work on *key* is done, and what the answer was."""

    def release(self, key: str) -> None:
        """Give a claim back undone, so that Twilio's next try is worked on at once."""
