"""A bulk through an outage, in virtual time: a crew of callers, a breaker, and a Twilio that is down until it is not.

Exact, and without threads: a caller that is given a task is turned away at once or answered after the latency, and
time jumps to whatever comes next.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from tests.doubles import HandClock
from tests.twilio_sms.bulk.tasks import accepted, failed, failure, send
from twilio_sms.bulk.bookkeeper import Bookkeeper
from twilio_sms.bulk.journal_row import Row
from twilio_sms.bulk.ledger import SPENT, Ledger
from twilio_sms.bulk.loader import Loaded
from twilio_sms.bulk.no_journal import NoJournal
from twilio_sms.bulk.options import BulkOptions
from twilio_sms.bulk.pauses import Pauses
from twilio_sms.bulk.runner import Runner
from twilio_sms.bulk.settling import Settling
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Result, Send
from twilio_sms.errors import BreakerOpenError, ConnectionFailedError, LocalOptOutError, TwilioError
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome
from twilio_sms.resilience.trials import Permit
from twilio_sms.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Outage:
    """What the bulk goes through: Twilio is down from the first row on until *ends_at*."""

    open_seconds: float
    ends_at: float
    latency_seconds: float
    callers: int
    trials: int = 1
    rows: int = 120
    opted_out: range = range(0)  # rows that are not sent, which says nothing about Twilio


class VirtualCrew:
    """Stands in for `Crew`; notes when the breaker was asked, and when each row was sent."""

    def __init__(self, outage: Outage, clock: HandClock, breaker: Breaker) -> None:
        self.busy = 0
        self.asked: list[float] = []
        self.sent: list[float] = []
        self._outage = outage
        self._clock = clock
        self._breaker = breaker
        self._under_way: list[tuple[float, int, Send, Permit | TwilioError]] = []
        self._numbers = count()

    @property
    def has_room(self) -> bool:
        return self.busy < self._outage.callers

    def give(self, row: Send) -> None:
        self.busy += 1
        what = self._try(row)
        takes_seconds = 0.0 if isinstance(what, TwilioError) else self._outage.latency_seconds
        heapq.heappush(self._under_way, (self._clock.monotonic() + takes_seconds, next(self._numbers), row, what))

    def take(self, wait_seconds: float | None) -> Result | None:
        now, due = self._clock.monotonic(), self._under_way[0][0]
        if wait_seconds is not None and due > now + wait_seconds:
            self._clock.sleep(wait_seconds)
            return None
        self._clock.sleep(max(0.0, due - now))
        self.busy -= 1
        _due, _number, row, what = heapq.heappop(self._under_way)
        return failed(row, what, is_marked=False) if isinstance(what, TwilioError) else self._answer(row, what)

    def finish(self) -> Iterator[Result]:
        while self.busy:
            yield self.take(None)

    def _try(self, row: Send) -> Permit | TwilioError:
        if row.index in self._outage.opted_out:
            return failure(LocalOptOutError)
        self.asked.append(self._clock.monotonic())
        try:
            return self._breaker.admit()
        except BreakerOpenError as error:
            return error

    def _answer(self, row: Send, permit: Permit) -> Result:
        is_down = self._clock.monotonic() - self._outage.latency_seconds < self._outage.ends_at
        self._breaker.note(permit, Outcome.FAILURE if is_down else Outcome.SUCCESS)
        if is_down:
            return failed(row, failure(ConnectionFailedError, verdict=Verdict.NOT_SENT))
        self.sent.append(self._clock.monotonic())
        return accepted(row)


def play(outage: Outage, pauses_of: Callable[[Callable[[], float]], Pauses] = Pauses) -> VirtualCrew:
    """Send a bulk through *outage*, with pauses of that kind; return its crew."""
    clock = HandClock()
    breaker = Breaker(BreakerPolicy(open_seconds=outage.open_seconds, trials=outage.trials), clock)
    crew = VirtualCrew(outage, clock, breaker)
    ledger, pauses = Ledger(None, None, 0.0, SPENT), pauses_of(clock.monotonic)
    settling = Settling(NoJournal(), ledger, BulkOptions(), clock.monotonic, lambda _result: None)
    books = Bookkeeper(NoJournal(), ledger, settling, pauses, lambda _result: None)
    Runner(_rows(outage.rows), crew, books, settling, ledger, pauses, clock, save=lambda: None, on_progress=None).run()
    return crew


def _rows(number: int) -> Iterator[Loaded]:
    for index in range(number):
        known = Row(index=index, fingerprint=b"", recipient="", segments=1, state=State.PENDING)
        yield Loaded(known=known, send=send(index), problem=None)
