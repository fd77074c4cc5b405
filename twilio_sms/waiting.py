"""Waits for a message by looking at it again and again.

A look is a request, so the rests between them grow: a message that was just sent changes within seconds, one that waits
for its recipient's phone within hours. The last look begins `LAST_LOOK_SECONDS` before the time is up, so that there is
time for its answer.
"""

from collections.abc import Callable
from typing import NamedTuple, Self

from twilio_sms.clock import Clock
from twilio_sms.domain.message import Message
from twilio_sms.domain.settings import MOST_SECONDS, is_number
from twilio_sms.domain.status import Status
from twilio_sms.errors import Evidence, ValidationError, WaitTimeoutError, WireError

FIRST_REST_SECONDS = 1.0
GROWTH = 1.5
LONGEST_REST_SECONDS = 15.0
LAST_LOOK_SECONDS = 1.0


class Aim(NamedTuple):
    """What is waited for: see `Messages.wait_until`."""

    status: Status | None
    any_end: bool
    strict: bool

    @classmethod
    def of(cls, status: object, *, final: object, strict: object) -> Self:
        """Read the arguments of a wait; raise `ValidationError` for what nobody can wait for."""
        if not isinstance(final, bool) or not isinstance(strict, bool):
            raise ValidationError("final and strict must be True or False")
        if status is None and not final:
            raise ValidationError("with final=False a status to wait for is needed")
        return cls(None if status is None else _status(status), final, strict)

    def is_reached(self, message: Message) -> bool:
        """Whether the message came so far, or ended and that is enough."""
        return self._has_come(message.status) or (self.any_end and message.status.is_final)

    def is_missed(self, message: Message) -> bool:
        """Whether the message ended, and not so far."""
        return message.status.is_final and not self.is_reached(message)

    def is_near(self, message: Message) -> bool:
        """Whether the message may have come as far as Twilio will ever tell."""
        return self.any_end and not self.strict and message.status.is_possibly_last

    def _has_come(self, status: Status) -> bool:
        return self.status is not None and (status is self.status or self.status.may_become(status))

    def __str__(self) -> str:
        return f"{self.status or 'at its end'}"


class Waiter:
    """Waits for one message; *look* returns it as it is, within a deadline on the monotonic clock.

    A look takes *look_seconds* at most.
    """

    def __init__(self, look: Callable[[float], Message], clock: Clock, look_seconds: float) -> None:
        self._look_within = look
        self._clock = clock
        self._look_seconds = look_seconds

    def wait(self, aim: Aim, timeout_seconds: float) -> Message:
        """Return the message once it is where *aim* wants it; raise `WaitTimeoutError` if that takes too long."""
        _check_timeout(timeout_seconds)
        deadline = self._clock.monotonic() + max(timeout_seconds, LAST_LOOK_SECONDS)
        rest_seconds = FIRST_REST_SECONDS
        message = self._look(deadline)
        while not aim.is_reached(message):
            nap_seconds = min(rest_seconds, deadline - LAST_LOOK_SECONDS - self._clock.monotonic())
            if nap_seconds <= 0 or aim.is_missed(message):
                return _last(aim, message, timeout_seconds)
            self._clock.sleep(nap_seconds)
            rest_seconds = min(rest_seconds * GROWTH, LONGEST_REST_SECONDS)
            message = self._look_again(message, deadline)
        return message

    def _look(self, deadline: float) -> Message:
        return self._look_within(min(deadline, self._clock.monotonic() + self._look_seconds))

    def _look_again(self, known: Message, deadline: float) -> Message:
        """Return the message as it is, and as it is *known* if the time was up before the answer came."""
        try:
            return self._look(deadline)
        except WireError:
            if self._clock.monotonic() < deadline:
                raise
            return known


def _last(aim: Aim, message: Message, timeout_seconds: float) -> Message:
    """Return a message that may have come as far as it will; raise `WaitTimeoutError` for any other."""
    if aim.is_near(message):
        return message
    how = "ended" if message.status.is_final else f"is, after {timeout_seconds:g} s,"
    raise WaitTimeoutError(
        f"message {message.sid} was to be {aim} and {how} {message.status_text}", Evidence(attempts=0), message
    )


def _status(text: object) -> Status:
    status = Status.parse(text) if isinstance(text, str) else Status.UNKNOWN
    if status is Status.UNKNOWN:
        raise ValidationError(f"status must be one of Twilio's, such as 'delivered', is {text!r}")
    return status


def _check_timeout(seconds: object) -> None:
    if not is_number(seconds) or not 0 <= seconds <= MOST_SECONDS:
        raise ValidationError(f"timeout must be a number of seconds from 0 to {MOST_SECONDS:g}, is {seconds!r}")
