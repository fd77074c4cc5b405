"""Rows of a journal: as lines, as JSON, as a CSV file."""

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from twilio_sms.bulk.journal_row import Row
from twilio_sms.commands.terminal import escaped
from twilio_sms.domain.spreadsheet import to_cell
from twilio_sms.errors import ValidationError

Cell = str | int | None
COLUMNS: dict[str, Callable[[Row], Cell]] = {
    "row": lambda row: row.index,
    "state": lambda row: row.state.value,
    "recipient": lambda row: row.recipient,  # masked, as the journal has it
    "segments": lambda row: row.segments,
    "code": lambda row: row.code,
    "sid": lambda row: row.sid,
    "attempts": lambda row: row.attempts,
    "doubts": lambda row: row.doubts,
    "marked_at": lambda row: row.marked_at.isoformat() if row.marked_at else None,
    "reason": lambda row: row.reason,
}
_WIDTHS = {"row": 8, "state": 8, "recipient": 16, "code": 5, "sid": 34, "reason": 0}  # fixed: a list may be long


def to_json(row: Row) -> dict[str, Cell]:
    return {name: cell(row) for name, cell in COLUMNS.items()}


def to_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a table for a person, under a line of names."""
    yield _line(_WIDTHS)
    for row in rows:
        yield _line(_text(COLUMNS[name](row)) or "-" for name in _WIDTHS)


def write_csv(rows: Iterable[Row], path: Path) -> int:
    """Write *rows* to a new file, one by one, and return how many they are.

    Raises `ValidationError` if it cannot be written or is there: it might be the journal, or the rows of a campaign.
    """
    count = 0
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for row in rows:
                writer.writerow(to_cell(escaped(_text(cell(row)))) for cell in COLUMNS.values())
                count += 1
    except OSError as error:
        raise ValidationError(f"cannot write {path}: {error.strerror}; choose another --csv") from error
    return count


def _line(cells: Iterable[str]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS.values(), strict=True)).rstrip()


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
