"""Makes a call again until it succeeds, or must not be made again."""

import logging
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import NamedTuple, Protocol, TypeVar

from twilio_sms.clock import Clock
from twilio_sms.errors import BreakerOpenError, TwilioError
from twilio_sms.resilience.retry import Failure, Repeat, RetryPolicy, repeat_of, wait_before_next

T = TypeVar("T")
_log = logging.getLogger("twilio_sms")


class Quota(Protocol):
    """What the calls of one client, or of many processes, may retry together. Neither method raises."""

    def take(self) -> bool:
        """Pay for one retry; return whether it may be made."""

    def on_success(self) -> None:
        """Earn what a call that succeeded earns."""


class RetryDetails(NamedTuple):
    """An attempt failed and another one is to follow."""

    operation: str  # such as send_sms
    attempt: int  # the one that failed, from 1 on
    wait_seconds: float  # before the next one
    error: TwilioError  # what the attempt failed with
    rest_seconds: float  # to the deadline, the wait not yet taken off; infinite without one


class Retrier:
    """Repeats the calls of one client; any number of threads may share it.

    *random* returns numbers from 0 up to 1. *on_retry* is called before each wait, in the thread of the call; what it
    raises is logged and ignored.
    """

    def __init__(
        self,
        policy: RetryPolicy,
        quota: Quota,
        clock: Clock,
        random: Callable[[], float],
        on_retry: Callable[[RetryDetails], None] | None = None,
    ) -> None:
        self._policy = policy
        self._quota = quota
        self._clock = clock
        self._random = random
        self._on_retry = on_retry

    def run(
        self, attempt: Callable[[int], T], *, operation: str, deadline: float = inf, is_idempotent: bool = False
    ) -> T:
        """Return what *attempt* returns; it gets its number, from 1 on, and fails with a `TwilioError`.

        *deadline* is a moment of the clock's ``monotonic()``: no attempt but the first begins at it or later, and
        nobody waits for one that would. *is_idempotent* says that carrying the call out twice does what once does.
        Raises the error of the attempt that is not repeated; what is no `TwilioError` goes through.

        A breaker that opened meanwhile ends it with the error of the attempt before, which tells what became of the
        call; the breaker's own would say that nothing was tried. Other gates speak for themselves: an opt-out that came
        meanwhile is final, whatever failed before.
        """
        call = _Call(operation, deadline, is_idempotent=is_idempotent)
        while True:
            call.attempt += 1
            try:
                result = attempt(call.attempt)
            except TwilioError as error:
                self._wait_or_raise(call, error)
            else:
                self._quota.on_success()
                return result

    def _wait_or_raise(self, call: "_Call", error: TwilioError) -> None:
        if isinstance(error, BreakerOpenError) and call.failure:
            call.failure.add_note(f"not repeated: {error}")
            raise call.failure
        repeat = repeat_of(error, self._policy, is_idempotent=call.is_idempotent)
        wait_seconds = self._wait_seconds(call, error, repeat)
        if wait_seconds is None or not self._quota.take():
            raise error
        self._tell(call, error, wait_seconds)
        self._clock.sleep(wait_seconds)
        if self._rest_seconds(call) <= 0:  # a process that was stopped sleeps for longer than it wanted
            raise error
        call.failure = error
        call.is_once_used |= repeat is Repeat.ONCE

    def _wait_seconds(self, call: "_Call", error: TwilioError, repeat: Repeat) -> float | None:
        failure = Failure(
            attempt=call.attempt,
            repeat=repeat,
            is_once_used=call.is_once_used,
            retry_after_seconds=error.retry_after_seconds,
            rest_seconds=self._rest_seconds(call),
        )
        return wait_before_next(self._policy, failure, self._random())

    def _rest_seconds(self, call: "_Call") -> float:
        return call.deadline - self._clock.monotonic()

    def _tell(self, call: "_Call", error: TwilioError, wait_seconds: float) -> None:
        if self._on_retry is None:
            return
        details = RetryDetails(
            operation=call.operation,
            attempt=call.attempt,
            wait_seconds=wait_seconds,
            error=error,
            rest_seconds=self._rest_seconds(call),
        )
        try:
            self._on_retry(details)
        except Exception:  # a stranger's code: what is wrong with it must not end the call
            with suppress(Exception):  # where the log is broken, too, nobody is left to tell
                _log.exception("on_retry failed; it is ignored")


class _Call:
    """How far one call has come."""

    __slots__ = ("attempt", "deadline", "failure", "is_idempotent", "is_once_used", "operation")

    def __init__(self, operation: str, deadline: float, *, is_idempotent: bool) -> None:
        self.operation = operation
        self.deadline = deadline
        self.is_idempotent = is_idempotent
        self.attempt = 0
        self.failure: TwilioError | None = None  # of the attempt before
        self.is_once_used = False
