"""A piece of work on its way to the disk."""

import sqlite3
from collections.abc import Callable
from enum import Enum
from threading import Lock
from typing import Generic, TypeVar

from twilio_sms.errors import JournalError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Work = Callable[[sqlite3.Connection], T]


class Stage(Enum):
    """How far it has come."""

    WAITING = "waiting"
    APPLIED = "applied"  # run, not committed
    DURABLE = "durable"  # committed
    UNDONE = "undone"  # the disk failed
    REFUSED = "refused"  # it broke a rule or can never be run, and changed nothing


class Ticket(Generic[T_co]):
    """A piece of work on its way."""

    def __init__(self, work: Work[T_co], *, must_last: bool) -> None:
        self.must_last = must_last
        self._work = work
        self._stage = Stage.WAITING
        self._error: BaseException | None = None
        self._bell = Lock()
        self._bell.acquire()

    def is_settled(self) -> bool:
        """Whether its caller need not wait any longer."""
        return self._stage not in (Stage.WAITING, Stage.APPLIED) or self._is_run()

    def is_kept(self) -> bool:
        """Whether it is run again after it was undone; what broke a rule is not."""
        return not self.must_last and self._stage is Stage.UNDONE

    def carry_out(self, connection: sqlite3.Connection) -> None:
        """Run the work; if it breaks a rule, it raises `JournalError` and has changed nothing."""
        try:
            self._result = self._work(connection)
            self._stage = Stage.APPLIED
        except JournalError as error:
            self._error = error
            self._stage = Stage.REFUSED
        if self.is_settled():
            self.ring()

    def wait(self, seconds: float) -> None:
        """Wait until it rings, at most so long."""
        self._bell.acquire(timeout=seconds)

    def ring(self) -> None:
        """Wake who waits, if anybody does; to ring twice is to ring once."""
        try:
            self._bell.release()
        except RuntimeError:
            return  # it rang, and nobody has come

    def settle(self) -> None:
        if self._stage is Stage.APPLIED:
            self._stage = Stage.DURABLE
        if self.must_last:  # who waits for no disk was rung before
            self.ring()

    def give_up(self, error: BaseException) -> None:
        """Take it that the work can never be run: it raised what is no fault of the disk."""
        self._error = _cannot_be_written(error)
        self._stage = Stage.REFUSED

    def trouble(self) -> BaseException | None:
        """Return what has to be told to somebody else than who waits for it; here that is nothing."""
        return None

    def fail(self, error: BaseException) -> None:
        if self._stage is not Stage.REFUSED:
            self._error = error
            self._stage = Stage.UNDONE
        self.ring()

    def result(self) -> T_co:
        """Return what the work returned; raise `JournalError` if it is not known to have come as far as it had to."""
        if self._stage is Stage.DURABLE or self._is_run():
            return self._result
        if self._stage is Stage.REFUSED and self._error:
            raise self._error
        raise _cannot_be_written(self._error or "interrupted") from self._error

    def _is_run(self) -> bool:
        return self._stage is Stage.APPLIED and not self.must_last


class Note(Ticket[object]):
    """A piece of work that nobody waits for: it tells what happened, and is kept until it is written."""

    def __init__(self, work: Work[object]) -> None:
        super().__init__(work, must_last=False)

    def is_settled(self) -> bool:
        return True

    def ring(self) -> None:
        """Do nothing: nobody waits."""

    def trouble(self) -> BaseException | None:
        """Return why it will never be written, if it will not."""
        return self._error if self._stage is Stage.REFUSED else None


def _cannot_be_written(reason: object) -> JournalError:
    return JournalError(f"the journal cannot be written: {reason}; send nothing until it can")
