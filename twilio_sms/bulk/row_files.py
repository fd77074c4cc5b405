"""Read rows from CSV and JSON Lines files, as UTF-8 text.

A cell of a CSV file is text, so it is read as what its argument needs: whole seconds, a moment, several addresses. JSON
has numbers and lists of its own; only a moment is text there, too.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import TextIO

from twilio_sms.errors import ValidationError


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row, and where it begins: "people.csv line 2"."""

    place: str
    values: Mapping[str, object] = field(repr=False)


def read_csv(path: Path) -> Iterator[FileRow]:
    """Yield the rows below the head, which names the columns; empty lines are passed over."""
    with _opened(path) as file:
        records = _records(path, file)
        columns = _columns(path, next(records, (1, []))[1])
        for number, cells in records:
            if cells:
                place = f"{path.name} line {number}"
                yield FileRow(place, _cells(columns, cells, place))


def read_json_lines(path: Path) -> Iterator[FileRow]:
    """Yield the object of each line; empty lines are passed over."""
    with _opened(path) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                place = f"{path.name} line {number}"
                yield FileRow(place, _object(line, place))


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open *path*, with or without the mark that Excel puts before UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
    except OSError as error:
        raise ValidationError(f"{path.name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValidationError(f"{path.name} is no UTF-8 text: save it as UTF-8") from error


def _records(path: Path, file: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each record and the line on which it begins: a quoted cell may go over several."""
    reader = csv.reader(file, strict=True)
    begin = 1
    try:
        for cells in reader:
            yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        raise ValidationError(f"{path.name} line {begin} is no CSV: {error}") from error


def _columns(path: Path, head: Sequence[str]) -> list[str]:
    columns = [name.strip() for name in head]
    for name in columns:
        if not name or columns.count(name) > 1:
            raise ValidationError(
                f"{path.name} line 1 has {'two columns ' + name if name else 'a column without a name'}"
            )
    if not columns:
        raise ValidationError(f"{path.name} is empty: its first line names the columns")
    return columns


def _cells(columns: Sequence[str], cells: Sequence[str], place: str) -> dict[str, object]:
    """Return each cell under the name of its column, ``None`` for a blank one."""
    if len(cells) > len(columns):
        raise ValidationError(f"{place} has {len(cells)} cells for {len(columns)} columns: quote a cell with a comma")
    return {name: _cell(name, cell, place) for name, cell in zip_longest(columns, cells, fillvalue="")}


def _cell(name: str, cell: str, place: str) -> object:
    return _read(name, cell, place) if cell.strip() else None


def _object(line: str, place: str) -> dict[str, object]:
    try:
        tree = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"{place} is no JSON: {error}") from error
    if not isinstance(tree, dict):
        raise ValidationError(f"{place} is no JSON object")
    if isinstance(tree.get("send_at"), str):
        tree["send_at"] = _read("send_at", tree["send_at"], place)
    return tree


def _read(name: str, cell: str, place: str) -> object:
    """Read a cell as its column wants it. An error does not repeat it: with a comma too few it may be a body."""
    read, wanted = _CELLS.get(name, (str, ""))
    try:
        return read(cell)
    except (ValueError, KeyError):
        raise ValidationError(f"{place}: {name} must be {wanted}") from None


def _to_truth(cell: str) -> bool:
    return {"true": True, "false": False}[cell.strip().lower()]


_TRUTH = (_to_truth, "true or false")
_CELLS: dict[str, tuple[Callable[[str], object], str]] = {
    "media_url": (str.split, "addresses"),  # with blanks between them
    "persistent_action": (str.split, "actions"),
    "validity_period": (int, "whole seconds"),
    "attempt": (int, "a whole number"),
    "send_at": (datetime.fromisoformat, "a moment like 2026-01-02T03:04:05+00:00"),
    "smart_encoded": _TRUTH,
    "provide_feedback": _TRUTH,
    "force_delivery": _TRUTH,
    "shorten_urls": _TRUTH,
    "send_as_mms": _TRUTH,
}
