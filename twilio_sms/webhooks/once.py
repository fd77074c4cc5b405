"""Works on each webhook once, whoever brings it how often.

Twilio brings a webhook again if it got no answer, and whoever has a copy of one may bring it too: a signature has no
time. So a webhook is claimed by a key of its signed fields before it is worked on, and its answer is kept: what comes
again gets the same answer and has no second effect.

Who has claimed one may die. So a claim ends after `LEASE_SECONDS`, and then the next one works on it: neither is a
message lost, nor worked on twice, by handlers that take less. While a claim lasts, the next one waits for its answer.
Twilio itself waits for 15 seconds, so the lease is shorter: what it brings again after a crash still gets its answer.
"""

from collections.abc import Callable
from contextlib import suppress

from twilio_sms.clock import Clock
from twilio_sms.errors import WebhookStoreError
from twilio_sms.webhooks.seen import Claimed, SeenWebhooks

LEASE_SECONDS = 10.0
_LOOK_AGAIN_SECONDS = 0.05


class StillUnderWay(Exception):  # noqa: N818 - it names what happened
    """Another one works on the webhook and did not come to an end."""


class Once:
    """Runs work by key; many threads and processes may share what *seen* remembers."""

    def __init__(self, seen: SeenWebhooks, clock: Clock) -> None:
        self._seen = seen
        self._clock = clock

    def run(self, key: str, work: Callable[[], str]) -> str:
        """Return the answer to *key*: that of *work*, or the one that it got before.

        Raises what *work* raises; then nothing is remembered, and the next try is worked on. Raises `StillUnderWay` if
        another one has the claim for longer than a lease, and `WebhookStoreError` if the store cannot be used.
        """
        answer = self._claim(key)
        if answer is not None:
            return answer
        try:
            answer = work()
        except BaseException:
            with suppress(WebhookStoreError):  # then the claim runs out by itself
                self._seen.release(key)
            raise
        self._seen.finish(key, answer)
        return answer

    def _claim(self, key: str) -> str | None:
        """Return the answer that there is, or nothing once the work is for the caller."""
        give_up = self._clock.monotonic() + LEASE_SECONDS + 1
        while True:
            claim = self._seen.claim(key, LEASE_SECONDS)
            if claim.state is Claimed.MINE:
                return None
            if claim.state is Claimed.DONE:
                return claim.answer
            if self._clock.monotonic() >= give_up:
                raise StillUnderWay
            self._clock.sleep(_LOOK_AGAIN_SECONDS)
