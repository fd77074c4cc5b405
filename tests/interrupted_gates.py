"""Interrupts sends anywhere, with the default limits and breaker; a process of its own, since anything may be hit.

Run as ``python -m tests.interrupted_gates VARIANT COUNT SEED``. A signal handler raises while a message is being sent,
over a wire that is no wire, by a clock that is moved by hand: so the gates are most of what there is to hit. Now and
then, with time enough for every bucket, breaker and watchdog, another thread must be able to send. Prints a line of
JSON: how many sends were ``interrupted``, how often another thread was ``refused`` or ``stuck`` (which ends it), and in
how many states the breaker was met. ``naive`` has a limiter whose lock is let go at the end of a function, and not in
every case.
"""

import itertools
import json
import logging
import signal
import sys
from collections import Counter
from contextlib import suppress
from random import Random
from threading import Lock, Thread

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER, HandClock, answer, message_json
from twilio_sms import Client, TwilioError
from twilio_sms.assembly import OneProcess
from twilio_sms.transport.wire import LostAnswer, Request, Response
from twilio_sms.verdict import Phase

KINDS = (KeyboardInterrupt, SystemExit, TimeoutError, BrokenPipeError, KeyError)
LONGEST_SECONDS = 0.0002  # about as long as a send takes
CHECKED_EACH = 50
ENOUGH_SECONDS = 200.0  # for an open breaker (30), a trial that never came back (60), and every bucket
STUCK_SECONDS = 5.0


class Stuck(BaseException):
    """A send has not come back for a long time."""


class Bell:
    """A signal handler that raises once each time it is armed, and once more if it is not disarmed in time."""

    def __init__(self, kinds: tuple[type[BaseException], ...]) -> None:
        self._kinds = itertools.cycle(kinds)
        self._is_armed = self._is_watching = False
        self.rings = 0

    def arm(self, seconds: float) -> None:
        self._is_armed = self._is_watching = True
        signal.setitimer(signal.ITIMER_REAL, seconds, STUCK_SECONDS)

    def disarm(self) -> None:
        """Ring no more: what rang for a send that is over would be taken for one that is stuck."""
        self._is_watching = False
        self._is_armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)

    def ring(self, _number: int, _frame: object) -> None:
        if self._is_armed:
            self._is_armed = False
            self.rings += 1
            raise next(self._kinds)
        if self._is_watching:
            raise Stuck


class MoodyTransport:
    """Answers well, or refuses the connection, as it is told."""

    def __init__(self) -> None:
        self.is_well = True

    def send(self, _request: Request) -> Response:
        if self.is_well:
            return answer(201, message_json())
        raise LostAnswer(Phase.OPENING, "refused")

    def close(self) -> None:
        return


class NaiveLimiter:
    """Lets everything pass, under a lock that an interrupt leaves held."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0

    def acquire(self, _recipient: str, _sender: str | None, _segments: object, **_terms: object) -> float:
        self._lock.acquire()
        for _ in range(1000):
            self._count += 1
        self._lock.release()
        return 0.0


class Naive(OneProcess):
    def limiter(self, *_given: object) -> NaiveLimiter:
        return NaiveLimiter()


class Trial:
    """A client whose sends are interrupted, and what came of it."""

    def __init__(self, variant: str, seed: int) -> None:
        self._chance = Random(seed)
        self._clock = HandClock()
        self._transport = MoodyTransport()
        self._bell = Bell(KINDS)
        signal.signal(signal.SIGALRM, self._bell.ring)
        shared = {"ours": OneProcess, "naive": Naive}[variant]()
        self._client = Client(
            ACCOUNT_SID,
            AUTH_TOKEN,
            transport=self._transport,
            clock=self._clock,
            random=self._chance.random,
            shared=shared,
        )
        self._found = Counter(checked=0, refused=0, stuck=0)
        self._states: set[str] = set()

    def run(self, count: int) -> dict[str, object]:
        try:
            self._run(count)
        except Stuck:
            self._found["stuck"] += 1
        signal.setitimer(signal.ITIMER_REAL, 0)
        return {**self._found, "interrupted": self._bell.rings, "states": len(self._states)}

    def _run(self, count: int) -> None:
        for number in range(count):
            self._transport.is_well = self._chance.random() < 0.3
            self._clock.sleep(self._chance.uniform(0, 3))
            self._interrupt_a_send()
            self._states.add(self._client.breaker.state)
            if number % CHECKED_EACH == CHECKED_EACH - 1 and not self._is_usable():
                break

    def _interrupt_a_send(self) -> None:
        with suppress(*KINDS):  # also one that comes while it is disarmed
            try:
                self._bell.arm(self._chance.uniform(1e-6, LONGEST_SECONDS))
                with suppress(TwilioError):
                    self._send()
            finally:
                self._bell.disarm()

    def _is_usable(self) -> bool:
        """Whether another thread can send, once everything had its time."""
        self._transport.is_well = True
        self._clock.sleep(ENOUGH_SECONDS)
        thread = Thread(target=self._send_well, daemon=True)
        thread.start()
        thread.join(STUCK_SECONDS)
        self._found["checked"] += 1
        self._found["stuck"] += thread.is_alive()
        return not thread.is_alive()

    def _send_well(self) -> None:
        try:
            self._send()
        except TwilioError:
            self._found["refused"] += 1

    def _send(self) -> None:
        self._client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")


def main(variant: str, count: int, seed: int) -> None:
    log = logging.getLogger("twilio_sms")
    log.addHandler(logging.NullHandler())  # the lock of another one may be left held, which is not ours
    log.propagate = False
    print(json.dumps(Trial(variant, seed).run(count)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
