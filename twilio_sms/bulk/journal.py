"""The journal of a bulk send: each row is on disk as INFLIGHT before its first byte leaves.

So a crash at any moment leaves no row of which nobody knows: what is PENDING was not sent, what was INFLIGHT is UNKNOWN
after the next `Journal.open` and is looked for. Only `mark` and `load` wait for the disk. What came of a send is a
note: nobody waits for it, and it rides along with the next of them. If a crash forgets it, its row is UNKNOWN and is
found at Twilio. That a note breaks a rule is told by the next `mark`, `load` or `flush`.

SQLite must not be used, nor even closed, on the other side of a fork ("How To Corrupt An SQLite Database File", 2.6),
so a forked child refuses to go on.
"""

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Self, TypeVar

from twilio_sms.bulk import journal_moves as moves
from twilio_sms.bulk.group_commit import GroupCommit
from twilio_sms.bulk.journal_lock import JournalLock
from twilio_sms.bulk.journal_place import JournalPlace
from twilio_sms.bulk.journal_row import NewRow, Row
from twilio_sms.bulk.journal_schema import Job, connect, connect_to_read, prepare
from twilio_sms.bulk.journal_view import JournalView
from twilio_sms.bulk.states import State
from twilio_sms.clock import Clock
from twilio_sms.errors import JournalError
from twilio_sms.forks import tell_of_forks

T = TypeVar("T")
BUSY_SECONDS = 5.0  # how long another program may hold the file before that is an error


def _make_job_id() -> str:
    return token_hex(8)


class Journal(JournalView):
    """The journal that this process writes, from any thread; every method may raise `JournalError`."""

    def __init__(self, group: GroupCommit, lock: JournalLock, job: Job, clock: Clock, place: JournalPlace) -> None:
        super().__init__(group.read)
        self.job_id = job.id
        self._group = group
        self._lock = lock
        self._clock = clock
        self._place = place
        self._losses: set[tuple[int, str]] = set()
        self._untold_losses: deque[tuple[int, str]] = deque()
        tell_of_forks(self)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        account_sid: str,
        base_url: str,
        clock: Clock,
        busy_seconds: float = BUSY_SECONDS,
        make_job_id: Callable[[], str] = _make_job_id,
    ) -> Self:
        """Open the journal at *path* to go on with its job, or begin one in a new file.

        Raises `JournalError` if another process writes it, if it belongs to another account or address, if the file is
        something else, or if it cannot be read and written.
        """
        path = _resolved(path)
        wanted = Job(
            id=make_job_id(), account_sid=account_sid, base_url=base_url.rstrip("/"), created_at=clock.now().isoformat()
        )
        try:
            lock = JournalLock.take(path.with_name(path.name + ".lock"))
            try:
                group, job = _open(path, wanted, busy_seconds)
                place = JournalPlace.of(path)
            except BaseException:
                lock.release()
                raise
        except OSError as error:
            raise JournalError(f"the journal {path.name} cannot be opened: {error.strerror}") from error
        except sqlite3.Error as error:
            raise JournalError(f"the journal {path.name} cannot be opened: {error}") from error
        return cls(group, lock, job, clock, place)

    @staticmethod
    def read(path: str | Path, *, busy_seconds: float = BUSY_SECONDS) -> JournalView:
        """Return a view of the journal at *path*, which another process may be writing; nothing is kept open."""
        view = JournalView(_Reader(Path(path), busy_seconds))
        view.job()  # refuses a file that is no journal
        return view

    def load(self, rows: Sequence[NewRow]) -> list[Row]:
        """Return each of *rows* as the journal has it; one that it does not have is written, PENDING and durable.

        A row whose request is not the one of an earlier run raises `JournalError` that names it, and nothing is
        written. Give some hundreds at a time: they are one transaction.
        """
        return self._group.run_durably(partial(moves.load, rows=rows, job_id=self.job_id))

    def mark(self, index: int) -> None:
        """Write, through to the disk, that the row is INFLIGHT. If this raises, nothing may be sent."""
        self._group.run_durably(partial(self._mark_in_place, index=index, now=self._clock.now().isoformat()))

    def _mark_in_place(self, connection: sqlite3.Connection, index: int, now: str) -> None:
        """Mark a row in a file that the next process will find; run by the one thread that writes for all."""
        self._place.check()
        moves.mark(connection, index, now)

    def accept(self, index: int, sid: str) -> None:
        """Note that Twilio said the row is *sid*.

        If another row was matched with this SID, it loses it and is doubtful again: see `take_losses`.
        """
        self._group.note(partial(self._accept_in_place, index=index, sid=sid))

    def take_losses(self) -> list[tuple[int, str]]:
        """Return which rows have lost which SID to another row's proof, each once; all of them after a `flush`."""
        return [self._untold_losses.popleft() for _ in range(len(self._untold_losses))]

    def _accept_in_place(self, connection: sqlite3.Connection, index: int, sid: str) -> None:
        """Accept a row; run by the one thread that writes for all, and again if the disk failed."""
        loser = moves.accept(connection, index, sid)
        if loser is not None and (loser, sid) not in self._losses:
            self._losses.add((loser, sid))
            self._untold_losses.append((loser, sid))

    def accept_without_sid(self, index: int, reason: str) -> None:
        """Note that Twilio has the row and its SID was lost with the answer: look for it, never send it again."""
        self._settle(index, State.ACCEPTED, reason=reason, only_from=frozenset({State.INFLIGHT}))

    def reject(self, index: int, code: int | None, reason: str) -> None:
        """Note that the row is refused for good, with Twilio's error code if it was Twilio."""
        self._settle(index, State.REJECTED, code=code, reason=reason)

    def skip(self, index: int, reason: str) -> None:
        """Note that the row is not sent, since its recipient opted out."""
        self._settle(index, State.SKIPPED, reason=reason)

    def doubt(self, index: int, reason: str) -> None:
        """Note that the row may have been sent."""
        self._settle(index, State.UNKNOWN, reason=reason, only_from=frozenset({State.INFLIGHT}))

    def give_back(self, index: int, reason: str | None = None) -> None:
        """Note that the marked row was provably not sent: it is PENDING again."""
        self._settle(index, State.PENDING, reason=reason, only_from=frozenset({State.INFLIGHT}))

    def resend(self, index: int) -> None:
        """Make an UNKNOWN row PENDING: somebody prefers a second message to none."""
        self._settle(index, State.PENDING, only_from=frozenset({State.UNKNOWN}))

    def claim(self, index: int, sid: str) -> bool:
        """Note that the doubtful row was found as *sid*; ``False`` if the row has a SID by now, or the SID a row."""
        return self._group.run(partial(moves.claim, index=index, sid=sid))

    def keep_command(self, command: str) -> None:
        """Write, through to the disk, how this job is begun again; it is only kept, and never holds a secret."""
        self._group.run_durably(partial(moves.keep_command, command=command))

    def flush(self) -> None:
        """Return when all that was noted is on disk."""
        self._group.flush()

    def close(self) -> None:
        """Write what was noted and let the next process in; in a forked child, change nothing."""
        try:
            self._group.close()
        finally:
            self._lock.release()

    def begin_anew(self) -> None:
        """Leave the job to the parent process."""
        self._group.refuse(
            f"the journal belongs to process {os.getppid()}, which forked: a bulk send is the parent's job"
        )
        self._lock.release()

    def _settle(
        self,
        index: int,
        state: State,
        *,
        code: int | None = None,
        reason: str | None = None,
        only_from: frozenset[State] = frozenset(State),
    ) -> None:
        self._group.note(partial(moves.settle, index=index, state=state, code=code, reason=reason, only_from=only_from))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _resolved(path: str | Path) -> Path:
    """Return the one name of a file: two names must be one lock."""
    try:
        return Path(path).resolve()
    except (ValueError, RuntimeError, OSError) as error:  # a null byte, half a character, links in a circle
        raise JournalError(f"the path of the journal leads nowhere: {type(error).__name__}") from None


def _open(path: Path, wanted: Job, busy_seconds: float) -> tuple[GroupCommit, Job]:
    connection = connect(path, busy_seconds)
    try:
        job = prepare(connection, wanted)
        moves.doubt_all_inflight(connection)
        return GroupCommit(connection), job
    except BaseException:
        connection.close()
        raise


class _Reader:
    """Opens a journal for each look, so that nothing is left to close or to take through a fork."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self._path = path
        self._busy_seconds = busy_seconds

    def __call__(self, work: Callable[[sqlite3.Connection], T], /) -> T:
        try:
            with closing(connect_to_read(self._path, self._busy_seconds)) as connection:
                return work(connection)
        except sqlite3.Error as error:
            raise JournalError(f"the journal {self._path.name} cannot be read: {error}") from error
