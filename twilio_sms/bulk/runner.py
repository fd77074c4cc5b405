"""Runs a bulk: hands out what is due, books what comes back, until nothing is left or something stops it."""

from collections.abc import Callable, Iterator
from functools import partial

from twilio_sms.bulk.agenda import Agenda
from twilio_sms.bulk.bookkeeper import Bookkeeper
from twilio_sms.bulk.crew import Crew
from twilio_sms.bulk.journal_row import Row
from twilio_sms.bulk.ledger import Ledger
from twilio_sms.bulk.loader import Loaded
from twilio_sms.bulk.pauses import Pauses
from twilio_sms.bulk.report import BulkReport, Progress
from twilio_sms.bulk.row_fates import Resting
from twilio_sms.bulk.settling import Settling
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Broken, Following, Look, Looked, Result, Send, Sent, Task, Undone
from twilio_sms.clock import Clock

MAX_WAITING = 10_000  # rows that rest or are in doubt, before no further ones are read
_PROGRESS_SECONDS = 0.1
_SHORT_REST_SECONDS = 0.1  # for what is under way, which may give back what it was to cost


class Runner:
    """One run of a bulk; belongs to the thread that runs it.

    *save* has all that was noted written to the disk. No further row is read while *max_waiting* rows rest or are in
    doubt, so that a source of any length takes a bounded amount of memory.
    """

    def __init__(
        self,
        rows: Iterator[Loaded],
        crew: Crew,
        books: Bookkeeper,
        settling: Settling,
        ledger: Ledger,
        pauses: Pauses,
        clock: Clock,
        *,
        save: Callable[[], None],
        on_progress: Callable[[Progress], None] | None,
        max_waiting: int = MAX_WAITING,
    ) -> None:
        self._rows = rows
        self._crew = crew
        self._books = books
        self._settling = settling
        self._ledger = ledger
        self._pauses = pauses
        self._clock = clock
        self._save = save
        self._on_progress = on_progress
        self._max_waiting = max_waiting
        self._told_at = clock.monotonic()
        self._agenda = Agenda()
        self._stopped: str | None = None  # why no further row is read

    def run(self) -> BulkReport:
        """Return what the bulk came to. Whatever ends it goes on, once what was under way is booked."""
        troubles = [_trouble_of(self._work)]
        troubles += [_trouble_of(partial(self._take, result)) for result in self._crew.finish()]
        troubles.append(_trouble_of(self._learn_losses))
        for trouble in troubles:
            if trouble is not None:
                raise trouble
        self._tell_progress(is_last=True)
        return self._ledger.report(self._clock.monotonic(), self._stopped, self._books.stopped_by)

    def _work(self) -> None:
        while self._step():
            self._tell_progress()
        if self._books.stopped_by is not None:
            self._stopped = str(self._books.stopped_by)

    def _step(self) -> bool:
        """Do one thing; return whether there is more to do."""
        self._book_losses()
        if self._books.stopped_by is not None:
            return False
        if not self._crew.has_room:
            self._take(self._crew.take(None))
        elif (task := self._next_task()) is not None:
            self._crew.give(task)
        elif self._crew.busy:
            self._take(self._crew.take(self._wait_seconds()))
        elif self._agenda:
            self._save()  # others may read the journal meanwhile, and write to it
            self._clock.sleep(self._wait_seconds() or 0.0)
        else:
            return self._learn_losses()
        return True

    def _next_task(self) -> Task | None:
        """Return what may be done now, or ``None`` if everything rests, or is done."""
        while (task := self._agenda.take_due(self._clock.monotonic()) or self._next_row()) is not None:
            if isinstance(task, Look) or self._may_go(task):
                return task
        return None

    def _may_go(self, row: Send) -> bool:
        """Count a row as on its way if it may go now; else put it off, or leave it when the budget is spent."""
        if not self._pauses.rest_seconds(row.draft) and not self._ledger.can_afford(row.segments):
            if not self._ledger.under_way:
                self._stopped = "the next message would overrun the budget: what is left is PENDING"
                return False
            self._pauses.begin(Resting.ALL, row.draft, _SHORT_REST_SECONDS)
        rest_seconds = self._pauses.rest_seconds(row.draft)
        if rest_seconds:
            self._follow(Following(rest_seconds, row, ends_with_pause=True))
            return False
        self._pauses.note_going()
        self._books.begin(row)
        return True

    def _next_row(self) -> Send | None:
        """Read on to a row that is to be sent."""
        while self._stopped is None and not self._pauses.is_for_all and len(self._agenda) < self._max_waiting:
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
        self._ledger.enter(known.state)
        if known.state is State.PENDING and loaded.problem is None:
            return loaded.send
        if known.state is State.PENDING and loaded.problem is not None:
            self._books.refuse(known.index, loaded.problem)
        elif loaded.send is not None and _is_doubtful(known):
            self._follow(self._settling.begin(loaded.send, known.marked_at, known.state))
        return None

    def _take(self, result: Result | None) -> None:
        """Book what came of a task; raise what broke one."""
        match result:
            case Sent():
                self._note_back(is_answered=result.is_answered)
                self._follow(self._books.book(result))
            case Looked():
                if result.is_answered:
                    self._note_back(is_answered=True)
                self._follow(self._settling.book(result))
            case Undone(Send() as row):
                self._books.take_back(row)
            case Broken():
                raise result.error

    def _learn_losses(self) -> bool:
        """Have all notes run, since one may show that a row's message is another row's; return whether one did."""
        self._save()
        return self._book_losses()

    def _book_losses(self) -> bool:
        followings = self._books.book_losses()
        for following in followings:
            self._follow(following)
        return bool(followings)

    def _note_back(self, *, is_answered: bool) -> None:
        if self._pauses.note_back(is_answered=is_answered):
            self._agenda.end_pause(self._clock.monotonic())

    def _follow(self, following: Following | None) -> None:
        if following is not None:
            self._agenda.add(
                self._clock.monotonic() + following.rest_seconds,
                following.task,
                ends_with_pause=following.ends_with_pause,
            )

    def _wait_seconds(self) -> float | None:
        return self._agenda.wait_seconds(self._clock.monotonic())

    def _tell_progress(self, *, is_last: bool = False) -> None:
        now = self._clock.monotonic()
        if self._on_progress is not None and (is_last or now - self._told_at >= _PROGRESS_SECONDS):
            self._told_at = now
            self._on_progress(self._ledger.progress(now))


def _is_doubtful(row: Row) -> bool:
    return row.state is State.UNKNOWN or (row.state is State.ACCEPTED and row.sid is None)


def _trouble_of(act: Callable[[], object]) -> BaseException | None:
    """Do something, and return what it raised."""
    try:
        act()
    except BaseException as trouble:
        return trouble
    return None
