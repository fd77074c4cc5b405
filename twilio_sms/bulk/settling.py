"""What becomes of rows that may have been sent: they are looked for until they are found, or it is given up.

A look proves only what it finds. That nothing is found proves nothing until the list has had time to catch up: the
settle window. It runs on the monotonic clock from when this run learned of the doubt, never from a time of day that
somebody wrote down, and only a look that began after it counts as the last.

A message that is found may be the twin's of the row that found it. If the twin's own answer names it later, the twin
has it, and the row is looked for anew. The answer can only be one that was under way when the row was found, so few
rows need to be kept for that; and it may come before this thread has heard that the row was found.
"""

from collections.abc import Callable
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

MAX_RESENDS = 5  # of one row in one run: a message that never gets a clear answer must not be sent for ever
MAX_MATCHED = 1000  # rows that were found, kept in case that a twin's answer is still under way
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
        self._in_doubt: set[int] = set()  # rows that are being looked for
        self._matched: dict[int, Look] = {}  # rows that were found, the oldest first
        self._taken: set[tuple[int, str]] = set()  # rows in doubt, and the SID that was taken from them meanwhile

    def begin(
        self, row: Send, since: datetime | None, state: State, error: TwilioError | None = None
    ) -> Following | None:
        """Return the first look for a row that is counted as *state*; end it if there is nothing to look by."""
        if self._options.journal is None or since is None or not is_recognisable(row.draft):
            self._tell(RowResult(index=row.index, state=state, error=error, segments=row.segments))
            return None
        self._in_doubt.add(row.index)
        look = Look(
            row=row,
            since=since,
            state=state,
            settles_at=self._monotonic() + self._options.settle_seconds,
            rest_seconds=self._options.settle_seconds * _FIRST_REST,
            error=error,
        )
        return Following(look.rest_seconds, look)

    def book(self, looked: Looked) -> Following | None:
        """Write what a look came to, and return what follows."""
        look = looked.look
        if looked.sid is not None:
            return self._find(look, looked.sid)
        if not self._is_over(looked):
            return self._next(look)
        if self._may_resend(looked):
            return self._resend(look)
        self._end(look, look.state)
        return None

    def begin_again(self, index: int, sid: str) -> Following | None:
        """Doubt a row anew whose match, *sid*, turned out to be another row's message."""
        if index in self._in_doubt:  # it was found, but its look has not come back yet
            self._taken.add((index, sid))
            return None
        look = self._matched.pop(index, None)
        if look is None:  # an earlier run matched it; the next one looks for it
            if index < self._ledger.rows:
                self._ledger.move(State.ACCEPTED, State.UNKNOWN, 0)
            return None
        self._ledger.move(State.ACCEPTED, look.state, look.row.segments)
        return self.begin(look.row, look.since, look.state, look.error)

    def _find(self, look: Look, sid: str) -> Following | None:
        index = look.row.index
        if (index, sid) in self._taken:
            self._taken.remove((index, sid))
            return self.begin(look.row, look.since, look.state, look.error)
        self._matched[index] = look
        if len(self._matched) > MAX_MATCHED:
            del self._matched[next(iter(self._matched))]
        self._end(look, State.ACCEPTED, sid)
        return None

    def _is_over(self, looked: Looked) -> bool:
        patience = 0.0 if looked.is_answered else (_PATIENCE - 1) * self._options.settle_seconds
        return looked.began_at >= looked.look.settles_at + patience

    def _next(self, look: Look) -> Following:
        """Look again after twice the rest, but no later than at the end of the window."""
        rest_seconds = look.rest_seconds * 2
        until_settled = look.settles_at - self._monotonic()
        return Following(
            min(rest_seconds, until_settled) if until_settled > 0 else rest_seconds,
            replace(look, rest_seconds=rest_seconds),
        )

    def _may_resend(self, looked: Looked) -> bool:
        return (
            self._options.on_unknown == "resend"
            and looked.is_answered
            and looked.look.state is State.UNKNOWN
            and looked.look.row.resends < MAX_RESENDS
        )

    def _resend(self, look: Look) -> Following:
        row = replace(look.row, doubtful_since=look.since, resends=look.row.resends + 1)
        self._journal.resend(row.index)
        self._in_doubt.discard(row.index)
        self._ledger.move(State.UNKNOWN, State.PENDING, row.segments)
        return Following(0.0, row)

    def _end(self, look: Look, state: State, sid: str | None = None) -> None:
        row = look.row
        self._in_doubt.discard(row.index)
        self._ledger.move(look.state, state, row.segments)
        error = None if sid else look.error
        self._tell(RowResult(index=row.index, state=state, sid=sid, error=error, segments=row.segments))
