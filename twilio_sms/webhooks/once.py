"""Works on each webhook once, whoever brings it how often.

Twilio brings a webhook again if it got no answer, and whoever has a copy of one may bring it too: a signature has no
time. So a webhook is claimed by a key of its signed fields before it is worked on, and its answer is kept: what comes
again gets the same answer and has no second effect.

Who has claimed one may die. So a claim ends after `LEASE_SECONDS`, and then the next one works on it: neither is a
message lost, nor worked on twice, by handlers that take less. While a claim lasts, the next one waits for its answer.
Twilio itself waits for 15 seconds, so the lease is shorter: what it brings again after a crash still gets its answer.

Who took longer may have been overtaken; then the answer that was noted first is everybody's. And if an answer cannot be
noted, it is given all the same: the work is done, and a refusal would make Twilio bring the webhook once more.
"""

import logging
from collections.abc import Callable
from contextlib import suppress

from twilio_sms.clock import Clock
from twilio_sms.errors import WebhookStoreError
from twilio_sms.webhooks.seen import Claim, Claimed, SeenWebhooks

LEASE_SECONDS = 10.0
_SURELY_OURS_SECONDS = LEASE_SECONDS / 2  # the lease began a little earlier than its holder heard of it
_LOOK_AGAIN_SECONDS = 0.05


class StillUnderWay(Exception):  # noqa: N818 - it names what happened
    """Another one works on the webhook and did not come to an end."""


class Once:
    """Runs work by key; many threads and processes may share what *seen* remembers."""

    def __init__(self, seen: SeenWebhooks, clock: Clock, logger: logging.Logger) -> None:
        self._seen = seen
        self._clock = clock
        self._logger = logger

    def run(self, key: str, work: Callable[[], str]) -> str:
        """Return the answer to *key*: that of *work*, or the one that it got before.

        Raises what *work* raises; then nothing is remembered, and the next try is worked on. Raises `StillUnderWay` if
        another one has the claim for longer than a lease, and `WebhookStoreError` if nothing can be claimed.
        """
        claim = self._claim(key)
        if claim.state is Claimed.DONE:
            return claim.answer
        begun = self._clock.monotonic()
        try:
            answer = work()
        except BaseException:
            with suppress(WebhookStoreError):  # then the claim runs out by itself
                self._seen.release(key, claim.token)
            raise
        return self._finish(key, answer, self._clock.monotonic() - begun)

    def _claim(self, key: str) -> Claim:
        """Return a claim that is ours, or one that is done."""
        give_up = self._clock.monotonic() + LEASE_SECONDS + 1
        while True:
            claim = self._seen.claim(key, LEASE_SECONDS)
            if claim.state is not Claimed.UNDER_WAY:
                return claim
            if self._clock.monotonic() >= give_up:
                raise StillUnderWay
            self._clock.sleep(_LOOK_AGAIN_SECONDS)

    def _finish(self, key: str, answer: str, took_seconds: float) -> str:
        """Note *answer* and return the one that counts."""
        try:
            self._seen.finish(key, answer)
            return answer if took_seconds < _SURELY_OURS_SECONDS else self._seen.claim(key, LEASE_SECONDS).answer
        except WebhookStoreError as error:
            self._logger.log(logging.ERROR, "webhook: what was done cannot be noted: %s", type(error).__name__)
            return answer
