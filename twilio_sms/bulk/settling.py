"""What becomes of rows that may have been sent: they are looked for until they are found, or it is given up.

A look proves only what it finds. That nothing is found proves nothing until the list has had time to catch up: the
settle window. It runs on the monotonic clock from when this run learned of the doubt, never from a time of day that
somebody wrote down, and only a look that began after it counts as the last.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from twilio_sms.bulk.ledger import Ledger
from twilio_sms.bulk.options import BulkOptions
from twilio_sms.bulk.report import RowResult
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Following, Look, Looked, Send
from twilio_sms.domain.matching import is_recognisable
from twilio_sms.errors import TwilioError

_FIRST_REST = 1 / 8  # of the settle window; each rest is twice the one before
_PATIENCE = 2  # settle windows, after which a list that cannot be read is not waited for any longer


class Resends(Protocol):
    """Where a doubtful row becomes one to be sent again."""

    def resend(self, index: int) -> None: ...


class Settling:
    """The doubtful rows of one bulk; belongs to one thread."""

    def __init__(
        self,
        journal: Resends,
        ledger: Ledger,
        options: BulkOptions,
        monotonic: Callable[[], float],
        tell: Callable[[RowResult], None],
    ) -> None:
        self._journal = journal
        self._ledger = ledger
        self._options = options
        self._monotonic = monotonic
        self._tell = tell
        self._matched: dict[int, Look] = {}  # rows that were found in this run

    def begin(
        self, row: Send, since: datetime | None, state: State, error: TwilioError | None = None
    ) -> Iterator[Following]:
        """Yield the first look for a row that is counted as *state*; end it if there is nothing to look by."""
        if self._options.journal is None or since is None or not is_recognisable(row.draft):
            self._tell(RowResult(index=row.index, state=state, error=error, segments=row.segments))
            return
        look = Look(
            row=row,
            since=since,
            state=state,
            settles_at=self._monotonic() + self._options.settle_seconds,
            rest_seconds=self._options.settle_seconds * _FIRST_REST,
            error=error,
        )
        yield look.rest_seconds, look

    def book(self, looked: Looked) -> Iterator[Following]:
        """Write what a look came to, and yield what follows."""
        look = looked.look
        if looked.sid is not None:
            self._matched[look.row.index] = look
            self._end(look, State.ACCEPTED, looked.sid)
        elif not self._is_over(looked):
            yield self._next(look)
        elif look.state is State.UNKNOWN and looked.is_answered and self._options.on_unknown == "resend":
            self._journal.resend(look.row.index)
            self._ledger.move(State.UNKNOWN, State.PENDING, look.row.segments)
            yield 0.0, look.row
        else:
            self._end(look, look.state)

    def begin_again(self, index: int) -> Iterator[Following]:
        """Doubt a row anew whose match turned out to be another row's message."""
        look = self._matched.pop(index, None)
        self._ledger.move(State.ACCEPTED, State.UNKNOWN, look.row.segments if look else 0)
        if look:
            yield from self.begin(look.row, look.since, State.UNKNOWN, look.error)

    def _is_over(self, looked: Looked) -> bool:
        patience = 0.0 if looked.is_answered else (_PATIENCE - 1) * self._options.settle_seconds
        return looked.began_at >= looked.look.settles_at + patience

    def _next(self, look: Look) -> Following:
        rest_seconds = look.rest_seconds * 2
        until_settled = look.settles_at - self._monotonic()
        return min(rest_seconds, until_settled) if until_settled > 0 else rest_seconds, replace(
            look, rest_seconds=rest_seconds
        )

    def _end(self, look: Look, state: State, sid: str | None = None) -> None:
        row = look.row
        if look.state is not state:
            self._ledger.move(look.state, state, row.segments)
        error = None if sid else look.error
        self._tell(RowResult(index=row.index, state=state, sid=sid, error=error, segments=row.segments))
