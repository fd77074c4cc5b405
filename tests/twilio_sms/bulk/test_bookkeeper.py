"""What came of a row is written once, counted once and told once, and what follows is what its error asks for."""

from pathlib import Path

import pytest

from tests.doubles import HandClock
from tests.twilio_sms.bulk.journals import sid
from tests.twilio_sms.bulk.tasks import BEGAN, accepted, failed, failure, look, lost, message, send
from twilio_sms.bulk.bookkeeper import Bookkeeper
from twilio_sms.bulk.ledger import SPENT, Ledger
from twilio_sms.bulk.options import BulkOptions
from twilio_sms.bulk.pauses import Pauses
from twilio_sms.bulk.report import RowResult
from twilio_sms.bulk.settling import Settling
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Following, Look, Looked
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AuthenticationError,
    BreakerOpenError,
    ConnectionFailedError,
    CredentialsError,
    InvalidRecipientError,
    JournalError,
    LocalOptOutError,
    OptOutUnknownError,
    QueueFullError,
    ValidationError,
)


class Journal:
    """Remembers what it is told; *losses* are the rows that lost a SID to a proof."""

    def __init__(self, losses: tuple[tuple[int, str], ...] = ()) -> None:
        self.notes: list[tuple] = []
        self._losses = losses

    def take_losses(self) -> tuple[tuple[int, str], ...]:
        losses, self._losses = self._losses, ()
        return losses

    def __getattr__(self, name: str):
        return lambda *arguments: self.notes.append((name, *arguments))


class Desk:
    """A bookkeeper with one row on its way, and what it writes, counts and tells."""

    def __init__(self, journal: Journal | None = None) -> None:
        self.clock = HandClock()
        self.journal = journal or Journal()
        self.ledger = Ledger(None, None, 0.0, SPENT)
        self.results: list[RowResult] = []
        options = BulkOptions(journal=Path("j.db"))
        self.settling = Settling(self.journal, self.ledger, options, self.clock.monotonic, self.results.append)
        self.pauses = Pauses(self.clock.monotonic)
        self.books = Bookkeeper(self.journal, self.ledger, self.settling, self.pauses, self.results.append)
        self.ledger.enter(State.PENDING)
        self.books.begin(send())

    @property
    def state(self) -> State:
        [state] = [state for state, rows in self.ledger.progress(0.0).counts.items() if rows]
        return state


def test_an_accepted_row_is_written_counted_and_told():
    desk = Desk()

    assert desk.books.book(accepted(send(), sid(1))) is None

    assert desk.journal.notes == [("accept", 0, sid(1))]
    assert desk.state is State.ACCEPTED
    [result] = desk.results
    assert (result.index, result.state, result.sid, result.message) == (0, State.ACCEPTED, sid(1), message(sid(1)))


@pytest.mark.parametrize(
    ("error", "note", "state"),
    [
        (failure(InvalidRecipientError, code=21211), ("reject", 0, 21211, "why"), State.REJECTED),
        (failure(ValidationError), ("reject", 0, None, "why"), State.REJECTED),
        (failure(LocalOptOutError), ("skip", 0, "why"), State.SKIPPED),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("is_marked", [True, False], ids=["marked", "not marked"])
def test_a_row_that_ends_is_written_counted_and_told(error, note, state, is_marked):
    desk = Desk()

    assert desk.books.book(failed(send(), error, is_marked=is_marked)) is None

    assert desk.journal.notes == [note]
    assert desk.state is state
    assert desk.results == [RowResult(index=0, state=state, error=error, segments=1)]


@pytest.mark.parametrize(
    ("error", "note", "state"),
    [
        (lost(AmbiguousSendError), ("doubt", 0, "why"), State.UNKNOWN),
        (failure(AcceptedWithoutSidError), ("accept_without_sid", 0, "why"), State.ACCEPTED),
    ],
    ids=["lost", "no SID"],
)
def test_a_row_in_doubt_is_looked_for_before_it_is_told(error, note, state):
    desk = Desk()

    following = desk.books.book(failed(send(), error))

    assert isinstance(following.task, Look)
    assert (following.task.since, following.task.state, following.task.error) == (BEGAN, state, error)
    assert desk.journal.notes == [note]
    assert (desk.state, desk.results) == (state, [])


def test_a_row_that_was_in_doubt_before_is_looked_for_from_its_first_try_on():
    desk = Desk()
    earlier = BEGAN.replace(year=2025)

    following = desk.books.book(failed(send(doubtful_since=earlier), lost(AmbiguousSendError)))

    assert following.task.since == earlier


@pytest.mark.parametrize(("is_marked", "notes"), [(True, [("give_back", 0, "why")]), (False, [])])
def test_a_row_that_was_not_sent_is_what_it_was_and_rests(is_marked, notes):
    desk = Desk()

    following = desk.books.book(failed(send(), failure(ConnectionFailedError), is_marked=is_marked))

    assert following == Following(5.0, send())
    assert desk.journal.notes == notes
    assert (desk.state, desk.results) == (State.PENDING, [])
    assert not desk.pauses.is_for_all


def test_when_the_breaker_is_open_everybody_rests():
    desk = Desk()

    following = desk.books.book(failed(send(), failure(BreakerOpenError, retry_after_seconds=30.0), is_marked=False))

    assert following == Following(30.0, send(), ends_with_pause=True)
    assert desk.pauses.is_for_all


def test_when_a_senders_queue_is_full_its_rows_rest():
    desk = Desk()

    desk.books.book(failed(send(), failure(QueueFullError, code=21611)))

    assert desk.pauses.rest_seconds(send().draft) == 60.0
    assert not desk.pauses.is_for_all


@pytest.mark.parametrize("kind", [AuthenticationError, CredentialsError, JournalError, OptOutUnknownError])
def test_what_no_row_can_help_stops_the_bulk_and_leaves_the_row(kind):
    desk = Desk()
    error = failure(kind)

    assert desk.books.book(failed(send(), error, is_marked=False)) is None

    assert desk.books.stopped_by is error
    assert (desk.state, desk.results, desk.journal.notes) == (State.PENDING, [], [])


def test_the_first_failure_that_stops_a_bulk_is_told():
    desk = Desk()
    first, second = failure(CredentialsError), failure(AuthenticationError)

    for error in (first, second):
        desk.books.book(failed(send(), error))

    assert desk.books.stopped_by is first


def test_a_proof_takes_a_message_from_the_row_that_was_matched_with_it():
    desk = Desk(Journal(((5, sid(1)),)))
    desk.ledger.enter(State.UNKNOWN)
    desk.settling.begin(look(5).row, BEGAN, State.UNKNOWN)
    desk.settling.book(Looked(look=look(5), sid=sid(1), is_answered=True, began_at=0.0))

    desk.books.book(accepted(send(), sid(1)))
    [following] = desk.books.book_losses()

    assert following.task.row == send(5)
    assert desk.books.book_losses() == []
    assert [(result.index, result.sid) for result in desk.results] == [(5, sid(1)), (0, sid(1))]
    counts = desk.ledger.progress(0.0).counts
    assert (counts[State.ACCEPTED], counts[State.UNKNOWN]) == (1, 1)


def test_a_row_that_is_no_message_is_refused_where_it_was_read():
    desk = Desk()
    desk.books.take_back(send())
    error = ValidationError("row 0: to must be an E.164 number")

    desk.books.refuse(0, error)

    assert desk.journal.notes == [("reject", 0, None, str(error))]
    assert desk.state is State.REJECTED
    assert desk.results == [RowResult(index=0, state=State.REJECTED, error=error)]


def test_a_row_that_nobody_began_is_pending():
    desk = Desk()

    desk.books.take_back(send())

    assert (desk.state, desk.journal.notes, desk.results) == (State.PENDING, [], [])
