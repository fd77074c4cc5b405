"""A call goes out through a breaker, which learns what became of it.

What counts as trouble is trouble of Twilio or of the way to it. A refusal is none: a wrong recipient must not stop the
messages to all others. Nor is a limit: how fast to send is for the limiter to say, not for the breaker.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from twilio_sms.errors import TwilioError
from twilio_sms.resilience.breaker_table import Outcome, State
from twilio_sms.resilience.trials import Permit
from twilio_sms.verdict import NOT_PROCESSED, Verdict

T = TypeVar("T")


class CircuitBreaker(Protocol):
    """What a call needs of a breaker; one that is shared by many processes can stand in."""

    @property
    def state(self) -> State:
        """How it stands."""

    def admit(self) -> Permit:
        """Return leave for one call; raise `BreakerOpenError` if none may go out now."""

    def note(self, permit: Permit, outcome: Outcome) -> None:
        """Take what became of the call. Raises no trouble of its own: a message may have gone out, and must be told."""


_OUTCOMES: dict[Verdict, Outcome] = {
    Verdict.ACCEPTED: Outcome.SUCCESS,  # also if its body cannot be read: the work was done
    Verdict.REJECTED: Outcome.REFUSED,
    Verdict.NOT_SENT: Outcome.FAILURE,  # the network, since the statuses that prove it are looked at before
    Verdict.UNKNOWN: Outcome.FAILURE,  # a lost answer, or a 5xx
}


def outcome_of(verdict: Verdict | None, status: int | None = None) -> Outcome:
    """Return what a call says about Twilio; *status* is that of a complete status line, if one came.

    Neutral are, besides 429: 408, 421 and 425, which are about one connection (it was too slow, led to the wrong
    server, or was too early) and show neither trouble of Twilio nor that it works; and 3xx, which Twilio's API does not
    send: a portal or a wrong base URL does, and Twilio was not asked. Without a verdict nothing was tried.
    """
    if verdict is None:
        return Outcome.ABANDONED
    if status is not None and (status in NOT_PROCESSED or 300 <= status < 400):
        return Outcome.NEUTRAL
    return _OUTCOMES[verdict]


def guarded(breaker: CircuitBreaker, permit: Permit, attempt: Callable[[], T]) -> T:
    """Return what *attempt* returns, which *breaker* gave its *permit*; whatever it raises is noted and goes on.

    What is no `TwilioError` is no answer: a ``KeyboardInterrupt`` or a fault of ours frees the permit and counts
    nothing.
    """
    outcome = Outcome.ABANDONED
    try:
        result = attempt()
        outcome = Outcome.SUCCESS
    except TwilioError as error:
        outcome = outcome_of(error.verdict, error.status)
        raise
    finally:
        breaker.note(permit, outcome)
    return result
