"""Which failures may be repeated, and when: decided here, done elsewhere.

A create-message call has no idempotency key, so a repeated one is a second message. What may be repeated follows from
what the failure proves: what was provably not processed, freely; what may have been, never, unless to carry it out
twice is the same as once. How long to wait is drawn from a range that grows with each attempt, so that many callers do
not come back together ("full jitter"). Twilio's Retry-After is a lower bound: who cannot wait for so long does not come
back at all.
"""

from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import NamedTuple

from twilio_sms.domain.settings import check_counts, check_seconds, check_switches
from twilio_sms.errors import GateError, QueueFullError, TwilioError, ValidationError
from twilio_sms.verdict import Verdict

_MAX_DOUBLINGS = 64  # beyond any cap, and still a number that a float can hold

# RFC 9110 15.5.9 and 15.5.20, RFC 8470 5.2: not processed, to be repeated on a new connection. A second one says that
# the new connection did not help.
_NEW_CONNECTION = frozenset({408, 421, 425})


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How failed attempts are repeated. Raises `ValidationError` for a setting that cannot work."""

    max_attempts: int = 3  # the first one included; 1 is no retry at all
    base_seconds: float = 0.5  # the first wait is at most this, each further one at most twice the one before
    cap_seconds: float = 20.0  # no jitter is longer: a caller would give up
    max_retry_after_seconds: float = 60.0  # who is asked to wait for longer gets the error, with `retry_after_seconds`
    retry_on_503: bool = False
    """Repeat a message that was answered with 503: prefers duplicates over doubt.

    Twilio's edge often sends it for what was not processed, but nothing published says so, and proxies send their own.
    """

    def __post_init__(self) -> None:
        check_counts(self, "max_attempts")
        check_seconds(self, "base_seconds", "cap_seconds", "max_retry_after_seconds")
        if self.cap_seconds < self.base_seconds:
            raise ValidationError(f"cap_seconds must be at least base_seconds, is {self.cap_seconds!r}")
        check_switches(self, "retry_on_503")


class Repeat(Enum):
    """How often what failed like this may be repeated."""

    NEVER = "never"
    ONCE = "once"
    FREELY = "freely"  # as often as attempts, quota and deadline allow


class Failure(NamedTuple):
    """What the decision needs to know of an attempt that failed."""

    attempt: int  # from 1 on
    repeat: Repeat
    is_once_used: bool = False  # whether an attempt before was repeated under `Repeat.ONCE`
    retry_after_seconds: float | None = None  # what Twilio asks for, if it does
    rest_seconds: float = inf  # to the deadline


def repeat_of(error: TwilioError, policy: RetryPolicy, *, is_idempotent: bool) -> Repeat:
    """Return how often a call that failed with *error* may be repeated.

    *is_idempotent* says that carrying the call out twice does what once does: to delete, cancel or redact. A read
    needs no word for it: its errors say that they are `repeatable`.
    """
    if isinstance(error, GateError | QueueFullError):  # a queue of hours: to pause the sender helps, a loop does not
        return Repeat.NEVER
    if error.status in _NEW_CONNECTION:
        return Repeat.ONCE
    if error.repeatable or (policy.retry_on_503 and error.status == 503):
        return Repeat.FREELY
    if error.verdict is Verdict.UNKNOWN and is_idempotent:
        return Repeat.ONCE
    return Repeat.NEVER


def wait_before_next(policy: RetryPolicy, failure: Failure, chance: float) -> float | None:
    """Return how many seconds to wait before the next attempt, or ``None`` if there is to be none.

    *chance* is a random number from 0 up to 1. The wait is never shorter than Retry-After and ends before the deadline.
    """
    if not _may_repeat(policy, failure):
        return None
    asked_seconds = failure.retry_after_seconds or 0.0
    if asked_seconds > policy.max_retry_after_seconds:
        return None
    doublings = min(failure.attempt - 1, _MAX_DOUBLINGS)
    jitter_seconds = chance * min(policy.cap_seconds, policy.base_seconds * 2**doublings)
    wait_seconds = max(jitter_seconds, asked_seconds)
    return wait_seconds if wait_seconds < failure.rest_seconds else None


def _may_repeat(policy: RetryPolicy, failure: Failure) -> bool:
    if failure.attempt >= policy.max_attempts or failure.repeat is Repeat.NEVER:
        return False
    return failure.repeat is Repeat.FREELY or not failure.is_once_used
