"""Read a journal: its rows, what is in doubt, its totals."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from sqlite3 import Connection
from typing import Protocol, TypeVar

from twilio_sms.bulk.journal_row import Row
from twilio_sms.bulk.journal_schema import Job, read_job
from twilio_sms.bulk.states import State
from twilio_sms.errors import JournalError

T = TypeVar("T")
CHUNK = 500  # parameters of one query: old builds of SQLite take 999
_COLUMNS = "idx, hash, recipient, segments, state, sid, code, reason, attempts, doubts, marked_at, matched"
_PAGE = f"SELECT {_COLUMNS} FROM bulk_row WHERE idx > ? ORDER BY idx LIMIT {CHUNK}"  # noqa: S608 - constants
_DOUBTFUL_PAGE = (
    f"SELECT {_COLUMNS} FROM bulk_row "  # noqa: S608 - constants
    f"WHERE idx > ? AND (state = 'UNKNOWN' OR (state = 'ACCEPTED' AND sid IS NULL)) ORDER BY idx LIMIT {CHUNK}"
)


class Read(Protocol):
    """Lends the connection for one look."""

    def __call__(self, work: Callable[[Connection], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class Total:
    """How much is in one state."""

    rows: int = 0
    segments: int = 0


class JournalView:
    """What a journal says; each question is a look of its own, so a writer is never kept waiting for long."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def job(self) -> Job:
        """Return whose journal it is."""
        return self._read(read_job)

    def command(self) -> str | None:
        """Return what `Journal.keep_command` was given last; ``None`` if it never was."""
        return self._read(_command)

    def totals(self) -> dict[State, Total]:
        """Return how many rows and segments are in each state, also those in which there are none."""
        return self._read(_totals)

    def rows(self) -> Iterator[Row]:
        """Yield all rows by index, a few hundred at a time, each as it is when its turn comes."""
        return self._pages(_PAGE)

    def doubtful(self) -> Iterator[Row]:
        """Yield by index the rows to look for at Twilio: UNKNOWN, or ACCEPTED and the SID was lost with the answer."""
        return self._pages(_DOUBTFUL_PAGE)

    def find(self, index: int) -> Row | None:
        """Return one row."""
        return self._read(partial(find_rows, indexes=[index])).get(index)

    def _pages(self, query: str) -> Iterator[Row]:
        last = -1
        while page := self._read(partial(_page, query=query, after=last)):
            yield from page
            last = page[-1].index


def find_rows(connection: Connection, indexes: Sequence[int]) -> dict[int, Row]:
    """Return those of the rows that are there."""
    found: dict[int, Row] = {}
    for start in range(0, len(indexes), CHUNK):
        chunk = indexes[start : start + CHUNK]
        marks = ", ".join("?" * len(chunk))
        query = f"SELECT {_COLUMNS} FROM bulk_row WHERE idx IN ({marks})"  # noqa: S608 - question marks
        found.update((columns[0], Row.from_columns(columns)) for columns in connection.execute(query, chunk))
    return found


def _command(connection: Connection) -> str | None:
    (command,) = connection.execute("SELECT command FROM job").fetchone()
    return None if command is None else str(command)


def _totals(connection: Connection) -> dict[State, Total]:
    counted = connection.execute("SELECT state, count(*), sum(segments) FROM bulk_row GROUP BY state")
    try:
        found = {State(state): Total(rows, segments) for state, rows, segments in counted}
    except ValueError as error:
        raise JournalError(f"the journal is damaged: {error}") from error
    return {state: found.get(state, Total()) for state in State}


def _page(connection: Connection, query: str, after: int) -> list[Row]:
    return [Row.from_columns(columns) for columns in connection.execute(query, (after,))]
