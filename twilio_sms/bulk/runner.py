"""Runs a bulk: hands out what is due, books what comes back, until nothing is left or something stops it."""

from collections.abc import Callable, Iterator

from twilio_sms.bulk.agenda import Agenda
from twilio_sms.bulk.bookkeeper import Bookkeeper
from twilio_sms.bulk.crew import Crew
from twilio_sms.bulk.ledger import Ledger
from twilio_sms.bulk.loader import Loaded
from twilio_sms.bulk.report import BulkReport, Progress
from twilio_sms.bulk.settling import Settling
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Broken, Following, Result, Send, Sent, Task
from twilio_sms.clock import Clock

_MOST_WAITING = 10_000  # rows that rest or are in doubt, before no further ones are read
_PROGRESS_SECONDS = 0.1


class Runner:
    """One run of a bulk; belongs to the thread that runs it."""

    def __init__(
        self,
        rows: Iterator[Loaded],
        crew: Crew,
        books: Bookkeeper,
        settling: Settling,
        ledger: Ledger,
        clock: Clock,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._rows = rows
        self._crew = crew
        self._books = books
        self._settling = settling
        self._ledger = ledger
        self._clock = clock
        self._on_progress = on_progress
        self._told_at = clock.monotonic()
        self._agenda = Agenda()
        self._stopped: str | None = None

    def run(self) -> BulkReport:
        """Return what the bulk came to. Whatever ends it, what was under way is booked first."""
        try:
            while self._step():
                self._tell_progress()
        finally:
            for result in self._crew.finish():
                self._take(result)
        self._tell_progress(is_last=True)
        return self._ledger.report(self._clock.monotonic(), self._stopped, self._books.stopped_by)

    def _step(self) -> bool:
        """Do one thing; return whether there is more to do."""
        if self._books.stopped_by is not None:
            self._stopped = str(self._books.stopped_by)
            return False
        task = self._next_task() if self._crew.has_room else None
        if task is not None:
            self._crew.give(task)
        elif self._crew.busy:
            self._take(self._crew.take(self._agenda.wait_seconds(self._clock.monotonic())))
        elif self._agenda and self._stopped is None:
            self._clock.sleep(self._agenda.wait_seconds(self._clock.monotonic()) or 0.0)
        else:
            return False
        return True

    def _next_task(self) -> Task | None:
        """Return what is due, else a row of the source; nothing more to send once the budget is spent."""
        task = self._agenda.take_due(self._clock.monotonic()) or self._next_row()
        if not isinstance(task, Send):
            return task
        if not self._ledger.can_afford(task.segments):
            self._stopped = "the budget is spent: what is left is PENDING"
            return None
        self._books.begin(task)
        return task

    def _next_row(self) -> Send | None:
        """Read on to a row that is to be sent."""
        while self._stopped is None and len(self._agenda) < _MOST_WAITING:
            loaded = next(self._rows, None)
            if loaded is None:
                return None
            send = self._enter(loaded)
            if send is not None:
                return send
        return None

    def _enter(self, loaded: Loaded) -> Send | None:
        """Count a row in the state in which an earlier run left it; return it if it is to be sent."""
        known = loaded.known
        if known.state is State.PENDING and loaded.problem is not None:
            self._ledger.enter(State.REJECTED, 0)
            self._books.refuse(known.index, loaded.problem)
            return None
        self._ledger.enter(known.state, known.segments)
        is_doubtful = known.state is State.UNKNOWN or (known.state is State.ACCEPTED and known.sid is None)
        if loaded.send is not None and is_doubtful:
            self._follow(self._settling.begin(loaded.send, known.marked_at, known.state))
        return loaded.send if known.state is State.PENDING else None

    def _take(self, result: Result | None) -> None:
        match result:
            case Sent():
                self._follow(self._books.book(result))
            case Broken():
                raise result.error
            case None:
                pass
            case _:
                self._follow(self._settling.book(result))

    def _follow(self, following: Iterator[Following]) -> None:
        for rest_seconds, task in following:
            self._agenda.add(self._clock.monotonic() + rest_seconds, task)

    def _tell_progress(self, *, is_last: bool = False) -> None:
        now = self._clock.monotonic()
        if self._on_progress is not None and (is_last or now - self._told_at >= _PROGRESS_SECONDS):
            self._told_at = now
            self._on_progress(self._ledger.progress(now))
