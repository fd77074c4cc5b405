"""Webhooks that are brought once more: as they were, wrongly signed, several times, or later.

What an app answers to a replay is shown and not acted upon: its TwiML sends nothing, since the message was dealt with
when the webhook came for the first time.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple, Self

from fake_twilio.delivery.tampering import badly_signed
from fake_twilio.delivery.webhook import Webhook
from fake_twilio.domain.values.durations import MAX_SECONDS
from fake_twilio.timing.clock import Clock
from fake_twilio.timing.scheduler import Scheduler

MAX_TIMES = 100
MAX_WAITING = 10_000  # replays that wait for their moment


class Signing(StrEnum):
    """How a replay is signed."""

    SAME = "same"  # as the webhook was
    WRONG = "wrong"  # with a signature that is not that of its content
    NONE = "none"  # with no signature at all, which Twilio never does


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a webhook is brought once more: its signature, how many times in a row, and after how many seconds."""

    signature: Signing = Signing.SAME
    times: int = 1
    after_seconds: float = 0.0

    @classmethod
    def parse(cls, signature: str, times: int, after_seconds: float) -> Self:
        """Return the manner; raise `ValueError` that says what was wanted."""
        if signature not in tuple(Signing):
            raise ValueError(f"signature: wanted one of {', '.join(Signing)}, got {signature!r}")
        if type(times) is not int or not 1 <= times <= MAX_TIMES:
            raise ValueError(f"times: wanted a number from 1 to {MAX_TIMES}, got {times!r}")
        if not 0 <= after_seconds <= MAX_SECONDS:
            raise ValueError(f"after: wanted from 0 to {MAX_SECONDS:g} seconds, got {after_seconds!r}")
        return cls(signature=Signing(signature), times=times, after_seconds=after_seconds)

    def of(self, webhook: Webhook) -> Webhook:
        """Return *webhook* as it is brought; what was altered is not signed anew where a redirect leads elsewhere."""
        return _SIGNED[self.signature](webhook)


class Waiting(NamedTuple):
    """A replay that waits for its moment, in seconds since 1970."""

    due: float
    webhook: Webhook
    times: int


class Replays:
    """Brings webhooks once more by *deliver*; those of later wait in the scheduler."""

    def __init__(self, clock: Clock, scheduler: Scheduler, deliver: Callable[[Webhook], None]) -> None:
        self._clock = clock
        self._scheduler = scheduler
        self._deliver = deliver
        self._waiting: dict[int, Waiting] = {}
        self._planned = 0
        self._lock = Lock()

    def bring(self, webhook: Webhook, manner: Manner) -> Webhook:
        """Have *webhook* brought in this *manner*; return what leaves. Raises `ValueError` if too many wait."""
        altered = manner.of(webhook)
        if manner.after_seconds:
            self._plan(Waiting(self._clock.now() + manner.after_seconds, altered, manner.times))
        else:
            self._leave(altered, manner.times)
        return altered

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what waits for its moment, the first to come first."""
        with self._lock:
            return tuple(sorted(self._waiting.values(), key=lambda waiting: waiting.due))

    def forget(self, message_sids: Container[str]) -> None:
        """Let what waits and tells of these messages never leave."""
        with self._lock:
            kept = {key: one for key, one in self._waiting.items() if one.webhook.message_sid not in message_sids}
            self._waiting = kept

    def _plan(self, waiting: Waiting) -> None:
        with self._lock:
            if len(self._waiting) >= MAX_WAITING:
                raise ValueError(f"{MAX_WAITING} replays are waiting for their moment: let time pass, or reset")
            self._planned = key = self._planned + 1
            self._waiting[key] = waiting
        self._scheduler.plan(waiting.due, partial(self._fall_due, key))

    def _fall_due(self, key: int) -> None:
        with self._lock:
            waiting = self._waiting.pop(key, None)
        if waiting is not None:
            self._leave(waiting.webhook, waiting.times)

    def _leave(self, webhook: Webhook, times: int) -> None:
        for _ in range(times):
            self._deliver(webhook)


def _same(webhook: Webhook) -> Webhook:
    return webhook


def _unsigned(webhook: Webhook) -> Webhook:
    return replace(webhook, signature="", sign=None, is_forged=True)


_SIGNED: Mapping[Signing, Callable[[Webhook], Webhook]] = MappingProxyType(
    {Signing.SAME: _same, Signing.WRONG: badly_signed, Signing.NONE: _unsigned}
)
