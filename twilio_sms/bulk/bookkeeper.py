"""Writes down what came of each row that was sent, and says what follows."""

from collections.abc import Callable, Sequence
from typing import Protocol

from twilio_sms.bulk.ledger import Ledger
from twilio_sms.bulk.pauses import Pauses
from twilio_sms.bulk.report import RowResult
from twilio_sms.bulk.row_fates import Fate, Resting, ruling_on
from twilio_sms.bulk.settling import Settling
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Following, Send, Sent
from twilio_sms.domain.message import Message
from twilio_sms.errors import TwilioError


class Book(Protocol):
    """Where it is written what became of rows; see `Journal`."""

    def accept(self, index: int, sid: str) -> None: ...

    def take_losses(self) -> Sequence[tuple[int, str]]: ...

    def accept_without_sid(self, index: int, reason: str) -> None: ...

    def reject(self, index: int, code: int | None, reason: str) -> None: ...

    def skip(self, index: int, reason: str) -> None: ...

    def doubt(self, index: int, reason: str) -> None: ...

    def give_back(self, index: int, reason: str | None = None) -> None: ...


class Bookkeeper:
    """Keeps the journal and the ledger of one bulk; belongs to one thread."""

    def __init__(
        self, book: Book, ledger: Ledger, settling: Settling, pauses: Pauses, tell: Callable[[RowResult], None]
    ) -> None:
        self._book = book
        self._ledger = ledger
        self._settling = settling
        self._pauses = pauses
        self._tell = tell
        self.stopped_by: TwilioError | None = None  # after it no other row would do better

    def begin(self, row: Send) -> None:
        """Count a row that is handed out as on its way."""
        self._ledger.move(State.PENDING, State.INFLIGHT, row.segments)

    def take_back(self, row: Send) -> None:
        """Count a row that was handed out, and that nobody began, as what it was."""
        self._ledger.move(State.INFLIGHT, State.PENDING, row.segments)

    def refuse(self, index: int, error: TwilioError) -> None:
        """End a row that was read and is no message."""
        self._book.reject(index, error.code, str(error))
        self._ledger.move(State.PENDING, State.REJECTED, 0)
        self._tell(RowResult(index=index, state=State.REJECTED, error=error))

    def book(self, sent: Sent) -> Following | None:
        """Write what came of a row, and return what follows."""
        if isinstance(sent.outcome, Message):
            self._book.accept(sent.row.index, sent.outcome.sid)
            self._end(sent.row, State.ACCEPTED, message=sent.outcome)
            return None
        return self._fail(sent, sent.outcome)

    def book_losses(self) -> list[Following]:
        """Doubt the rows anew whose message turned out to be another row's; return what follows."""
        followings = [self._settling.begin_again(index, sid) for index, sid in self._book.take_losses()]
        return [following for following in followings if following is not None]

    def _fail(self, sent: Sent, error: TwilioError) -> Following | None:
        row, ruling = sent.row, ruling_on(error)
        match ruling.fate:
            case Fate.REJECTED:
                self._book.reject(row.index, error.code, str(error))
                self._end(row, State.REJECTED, error=error)
            case Fate.SKIPPED:
                self._book.skip(row.index, str(error))
                self._end(row, State.SKIPPED, error=error)
            case Fate.DOUBTFUL:
                self._book.doubt(row.index, str(error))
                return self._doubt(row, error, State.UNKNOWN)
            case Fate.SID_LOST:
                self._book.accept_without_sid(row.index, str(error))
                return self._doubt(row, error, State.ACCEPTED)
            case Fate.LATER:
                self._give_back(sent, error)
                self._pauses.begin(ruling.who, row.draft, ruling.rest_seconds)
                return Following(ruling.rest_seconds, row, ruling.who is Resting.UNTIL_ANSWERED)
            case Fate.STOPS:
                self.stopped_by = self.stopped_by or error
                self._give_back(sent, error)
        return None

    def _doubt(self, row: Send, error: TwilioError, state: State) -> Following | None:
        self._ledger.move(State.INFLIGHT, state, row.segments)
        return self._settling.begin(row, row.doubtful_since or error.evidence.started_at, state, error)

    def _give_back(self, sent: Sent, error: TwilioError) -> None:
        """Leave a row that was provably not sent as it was before."""
        if sent.is_marked:
            self._book.give_back(sent.row.index, str(error))
        self.take_back(sent.row)

    def _end(
        self, row: Send, state: State, *, message: Message | None = None, error: TwilioError | None = None
    ) -> None:
        self._ledger.move(State.INFLIGHT, state, row.segments)
        sid = message.sid if message else None
        self._tell(
            RowResult(index=row.index, state=state, sid=sid, message=message, error=error, segments=row.segments)
        )
