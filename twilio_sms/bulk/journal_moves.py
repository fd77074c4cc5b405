"""What is written when a row moves.

A move is one statement that changes the row only if the table of states allows it; if it changed nothing, the error
says why. A SID belongs to one row. A row has it by proof when Twilio's answer or a signed callback named it, or by a
match when the message was found in a list and looks like the row's. Proof beats match: the row that was matched gives
the SID up and is as doubtful as before.
"""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection, IntegrityError

from twilio_sms.bulk.journal_row import NewRow, Row, RowKey
from twilio_sms.bulk.journal_view import find_rows
from twilio_sms.bulk.states import FOLLOWS, State
from twilio_sms.errors import JournalError
from twilio_sms.redaction import mask, mask_numbers

MAX_REASON_CHARACTERS = 300
_ANY = frozenset(State)


def _where_may_become(after: State, only_from: frozenset[State] = _ANY) -> str:
    """Say in SQL which row, by its index, and that the table of states lets it go there."""
    before = ", ".join(f"'{state.value}'" for state in State if state in only_from and after in FOLLOWS[state])
    return f"WHERE idx = ? AND state IN ({before})"


_MARK = (
    "UPDATE bulk_row SET state = 'INFLIGHT', attempts = attempts + 1, "  # noqa: S608 - names of states
    f"marked_at = CASE WHEN doubts THEN marked_at ELSE ? END {_where_may_become(State.INFLIGHT)}"
)
_ACCEPT = (
    "UPDATE bulk_row SET state = 'ACCEPTED', sid = ?, matched = 0, answered = 1, code = NULL, reason = NULL "  # noqa: S608 - names of states
    f"{_where_may_become(State.ACCEPTED)} AND (sid IS NULL OR matched OR sid = ?)"
)
_CLAIM = (
    "UPDATE bulk_row SET state = 'ACCEPTED', sid = ?, matched = 1, reason = NULL "  # noqa: S608 - names of states
    f"{_where_may_become(State.ACCEPTED, frozenset({State.UNKNOWN, State.ACCEPTED}))} AND sid IS NULL"
)
_SETTLE = "UPDATE bulk_row SET state = ?, code = ?, reason = ?, doubts = doubts + ?, answered = ? "
_GIVE_UP_SID = (
    "UPDATE bulk_row SET state = CASE WHEN answered THEN state ELSE 'UNKNOWN' END, sid = NULL, matched = 0 "  # noqa: S608 - names of states
    f"{_where_may_become(State.UNKNOWN)} AND matched"
)


def load(connection: Connection, rows: Sequence[NewRow], job_id: str) -> list[Row]:
    """Return the rows as they are in the journal; write those that are not there, PENDING."""
    found = find_rows(connection, [row.index for row in rows])
    new = {row.index: row for row in rows if row.index not in found}
    if len(new) + len(found) != len(rows):
        raise JournalError("a row is given twice: each index stands for one message")
    for row in rows:
        if row.index in found and found[row.index].fingerprint != row.fingerprint:
            key = RowKey(job_id, row.index, found[row.index].fingerprint)
            raise JournalError(
                f"{key} is not the message that it was in an earlier run: give the same rows again; one that was "
                "corrected goes into a source of its own, with a journal of its own, or others are sent twice"
            )
    _insert(connection, new.values())
    return [found.get(row.index) or Row.pending(row) for row in rows]


def _insert(connection: Connection, rows: Iterable[NewRow]) -> None:
    connection.executemany(
        "INSERT INTO bulk_row (idx, hash, recipient, segments) VALUES (?, ?, ?, ?)",
        [(row.index, row.fingerprint, mask(row.recipient), row.segments) for row in rows],
    )


def mark(connection: Connection, index: int, now: str) -> None:
    """Move a row to INFLIGHT; the time of an earlier try that is still in doubt stays."""
    if not connection.execute(_MARK, (now, index)).rowcount:
        raise _refusal(connection, index, State.INFLIGHT)


def settle(
    connection: Connection,
    index: int,
    state: State,
    *,
    code: int | None = None,
    reason: str | None = None,
    only_from: frozenset[State] = _ANY,
) -> None:
    """Move a row to a state in which no SID is known."""
    values = (state.value, code, _harmless(reason), state is State.UNKNOWN, state is State.ACCEPTED, index)
    if not connection.execute(_SETTLE + _where_may_become(state, only_from), values).rowcount:
        raise _refusal(connection, index, state)


def accept(connection: Connection, index: int, sid: str) -> int | None:
    """Move a row to ACCEPTED with a proof; return the index of the row that had its SID by a match."""
    try:
        _accept(connection, index, sid)
    except IntegrityError:  # another row has the SID; nothing was changed
        loser = _take_away(connection, index, sid)
        _accept(connection, index, sid)
        return loser
    return None


def claim(connection: Connection, index: int, sid: str) -> bool:
    """Move a doubtful row to ACCEPTED by a match; ``False`` if the row has a SID by now, or the SID a row."""
    try:
        is_moved = bool(connection.execute(_CLAIM, (sid, index)).rowcount)
    except IntegrityError:
        return False
    if not is_moved and _row(connection, index).sid is None:
        raise _refusal(connection, index, State.ACCEPTED)
    return is_moved


def doubt_all_inflight(connection: Connection) -> None:
    """Move what was on its way when its process ended to UNKNOWN."""
    connection.execute(
        "UPDATE bulk_row SET state = 'UNKNOWN', doubts = doubts + 1, reason = 'the process ended' "
        "WHERE state = 'INFLIGHT'"
    )


def keep_command(connection: Connection, command: str) -> None:
    """Write how the job is begun again, in the words of whoever began it."""
    connection.execute("UPDATE job SET command = ?", (command,))


def _accept(connection: Connection, index: int, sid: str) -> None:
    if not connection.execute(_ACCEPT, (sid, index, sid)).rowcount:
        raise _refusal(connection, index, State.ACCEPTED)


def _take_away(connection: Connection, index: int, sid: str) -> int:
    """Take *sid* from the row that was matched with it, and return that row's index."""
    (owner,) = connection.execute("SELECT idx FROM bulk_row WHERE sid = ?", (sid,)).fetchone()
    if not connection.execute(_GIVE_UP_SID, (owner,)).rowcount:
        raise JournalError(
            f"{_key(connection, index)} was accepted as {sid}, and so was {_key(connection, owner)}: "
            "something on the way to Twilio repeats answers"
        )
    return int(owner)


def _refusal(connection: Connection, index: int, after: State) -> JournalError:
    row = _row(connection, index)
    held = f" as {row.sid}" if row.sid else ""
    return JournalError(f"{_key(connection, index)} is {row.state.value}{held} and cannot become {after.value} by this")


def _row(connection: Connection, index: int) -> Row:
    row = find_rows(connection, [index]).get(index)
    if row is None:
        raise JournalError(f"row {index} is not in the journal: load it first")
    return row


def _key(connection: Connection, index: int) -> RowKey:
    (job_id,) = connection.execute("SELECT id FROM job").fetchone()
    return RowKey(job_id, index, _row(connection, index).fingerprint)


def _harmless(reason: str | None) -> str | None:
    """Return what may be kept of a reason that came from outside: no numbers, no half characters, no novel."""
    if reason is None:
        return None
    return mask_numbers(reason.encode("utf-8", "replace").decode())[:MAX_REASON_CHARACTERS]
