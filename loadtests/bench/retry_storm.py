"""Thirty-two callers send to a Twilio that answers everything with 429 for a minute: G7.

The judge is the server: it knows each message that it was asked to send, when it was asked, and until when it had asked
to be left alone.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from random import Random
from typing import Protocol, TypeVar

from turns import TurnClock

from twilio_sms.clock import Clock
from twilio_sms.errors import Evidence, RateLimitedError, TwilioError
from twilio_sms.verdict import Verdict

T = TypeVar("T")
CALLERS = 32
STORM_SECONDS = 60.0
END_SECONDS = 75.0  # the callers stop some time after Twilio has recovered
DEADLINE_SECONDS = 30.0
ANSWER_SECONDS = 0.1
ASKS = (None, 0, 1, 2, 5, 20, 90)  # Retry-After, in seconds


class Repeats(Protocol):
    """What makes a call again."""

    def run(self, attempt: Callable[[int], T], *, operation: str, deadline: float) -> T:
        """Return what *attempt* returns in the end."""


@dataclass(slots=True)
class Server:
    """Refuses for a minute, works after it, and counts."""

    clock: Clock
    random: Random
    first_tries: int = 0
    retries: int = 0
    retries_in_the_storm: int = 0
    early: int = 0  # requests that came before Retry-After
    late: int = 0  # retries that came at the deadline of their call or later

    def take(self, message: "Message", attempt: int) -> None:
        """Send *message*, or raise what the gateway makes of a 429."""
        now, is_storm = self.clock.monotonic(), self.clock.monotonic() < STORM_SECONDS
        self.first_tries += attempt == 1
        self.retries += attempt > 1
        self.retries_in_the_storm += attempt > 1 and is_storm
        self.early += self.clock.monotonic_ns() < message.not_before_ns
        self.late += attempt > 1 and now >= message.deadline
        self.clock.sleep(ANSWER_SECONDS)
        if is_storm:
            asked = self.random.choice(ASKS)
            message.not_before_ns = self.clock.monotonic_ns() + (asked or 0) * 10**9
            raise slow_down(asked)


@dataclass(slots=True)
class Message:
    """One message of a caller."""

    deadline: float
    not_before_ns: int = 0


def slow_down(retry_after_seconds: int | None) -> RateLimitedError:
    return RateLimitedError(
        "HTTP 429",
        Evidence(verdict=Verdict.NOT_SENT, status=429, repeatable=True, retry_after_seconds=retry_after_seconds),
    )


def run_storm(make: Callable[[Clock, Callable[[], float]], Repeats], seed: int) -> Server:
    """Let the callers send what they can through one `Repeats`, and return the server with its counts."""
    clock, random = TurnClock(), Random(seed)  # noqa: S311 - a repeatable draw
    server, repeats = Server(clock, random), make(clock, random.random)
    clock.run([partial(send_on_and_on, repeats, server, clock)] * CALLERS)
    return server


def send_on_and_on(repeats: Repeats, server: Server, clock: Clock) -> None:
    while clock.monotonic() < END_SECONDS:
        message = Message(deadline=clock.monotonic() + DEADLINE_SECONDS)
        with suppress(TwilioError):
            repeats.run(partial(server.take, message), operation="messages.send", deadline=message.deadline)


class NaiveRepeats:
    """Makes a call again as one writes it first: three times, with a wait that looks at nothing."""

    def __init__(self, clock: Clock, random: Callable[[], float]) -> None:
        self._clock = clock
        self._random = random

    def run(self, attempt: Callable[[int], T], *, operation: str, deadline: float) -> T:  # noqa: ARG002 - `Repeats`
        for number in count(1):
            try:
                return attempt(number)
            except TwilioError:
                if number == 3:
                    raise
                self._clock.sleep(self._random() * 2**number)
        raise AssertionError("it ends with an answer or an error")
