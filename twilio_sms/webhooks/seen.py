"""What remembers which webhooks were worked on: the seam to a store."""

from typing import Protocol

from twilio_sms.domain.claim import Claim, Claimed

__all__ = ["Claim", "Claimed", "SeenWebhooks"]


class SeenWebhooks(Protocol):
    """Remembers webhooks by a key of signed fields, for at least seven days.

    Every method raises `WebhookStoreError` if it cannot do what it says; what it has recorded when it returns outlives
    the process, for a store that promises so.
    """

    def claim(self, key: str, lease_seconds: float) -> Claim:
        """Claim *key*, for so long; a claim that ran out, since who had it died, is there for the next."""

    def finish(self, key: str, answer: str) -> None:
        """Note that the work on *key* is done, and what the answer was; of two who say so the first counts."""

    def release(self, key: str, token: str = "") -> None:  # nosec B107 # whose claim it is, no secret
        """Give a claim back undone, so that Twilio's next try is worked on at once.

        With its *token* only that claim: who comes too late leaves the claim of who took over alone.
        """
