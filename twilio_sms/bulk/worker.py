"""Does one task of a bulk: sends a row, or looks for one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from twilio_sms.bulk.tasks import Look, Looked, Result, Send, Sent, Task, Undone
from twilio_sms.clock import Clock
from twilio_sms.domain.message import Message
from twilio_sms.errors import TwilioError
from twilio_sms.reconcile import Reconciler
from twilio_sms.sending import SendPath, Terms
from twilio_sms.transport.clock_lead import ClockLead


class Marks(Protocol):
    """Where it is written, before it begins, that a row is being sent; see `Journal`."""

    def mark(self, index: int) -> None: ...

    def claim(self, index: int, sid: str) -> bool: ...


class Worker:
    """What every thread of a bulk does; it holds nothing of a single task."""

    def __init__(
        self,
        send_path: SendPath,
        reconciler: Reconciler,
        journal: Marks,
        clock: Clock,
        *,
        skew: timedelta,
        clock_lead: ClockLead,
        should_stop: Callable[[], bool],
    ) -> None:
        self._send_path = send_path
        self._reconciler = reconciler
        self._journal = journal
        self._clock = clock
        self._skew = skew
        self._clock_lead = clock_lead
        self._should_stop = should_stop

    def do(self, task: Task) -> Result:
        """Do one task, unless the bulk was stopped before it began."""
        if self._should_stop():
            return Undone(task)
        return self._send(task) if isinstance(task, Send) else self._look(task)

    def _send(self, row: Send) -> Sent:
        """Send one row, waiting for the limits as long as it takes; whatever fails is brought back."""
        mark = _Mark(self._journal, row.index)
        terms = Terms(
            total_seconds=None,
            row_key=row.key,
            should_stop=self._should_stop,
            before_first_byte=mark,
            fresh_opt_out=True,
        )
        outcome: Message | TwilioError
        try:
            outcome = self._send_path.send(lambda: row.draft, terms)
        except TwilioError as error:
            outcome = error
        return Sent(row=row, is_marked=mark.is_set, outcome=outcome)

    def _look(self, look: Look) -> Looked:
        """Look for one row; the first message that no other row has is its own.

        By a clock that is too far ahead its message looks too old, so that nothing is found then is no answer.
        """
        began_at = self._clock.monotonic()
        try:
            found = self._reconciler.candidates(look.row.draft, look.since, self._skew)
        except TwilioError:
            return Looked(look=look, sid=None, is_answered=False, began_at=began_at)
        sid = next((message.sid for message in found if self._journal.claim(look.row.index, message.sid)), None)
        is_answered = sid is not None or self._clock_lead.most <= self._skew
        return Looked(look=look, sid=sid, is_answered=is_answered, began_at=began_at)


class _Mark:
    """Marks a row as being sent, right before its first byte; raises if that cannot be written."""

    def __init__(self, journal: Marks, index: int) -> None:
        self._journal = journal
        self._index = index
        self.is_set = False

    def __call__(self) -> None:
        self._journal.mark(self._index)
        self.is_set = True
