"""Opt-outs as CSV: what is exported can be imported, and what others export, too.

The columns, of which an import needs only ``number``:

================= ======================================================= =========================
column            holds                                                   when it is empty
================= ======================================================= =========================
``number``        E.164, with or without spaces and the like              refused
``scope``         ``brand``, ``sender:<sender>`` or ``service:<MG SID>``  ``brand``
``conversation``  the same, the sender or service that was spoken to      outside any conversation
``state``         ``opted-out`` or ``opted-in``                           ``opted-out``
``source``        how it became known                                     ``import``
``evidence``      the SID that proves it                                  none
``event_time``    ISO 8601 with a time zone                               now; needed for ``opted-in``
``received_time`` when the exporting list learned it                      not read
``actor``         who did it                                              who imports
``note``          why                                                     none
================= ======================================================= =========================

An import adds events with their own times, so it never overwrites a newer fact, and the same file twice changes
nothing more: an import that broke off is made again. Of a file with a bad row nothing is imported.

Cells are written so that no spreadsheet takes one for a formula, and read back as they were (`spreadsheet`).
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from twilio_sms.domain.form import to_utc
from twilio_sms.domain.opt_out import OptOutEvent, State
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.domain.spreadsheet import from_cell, to_cell
from twilio_sms.errors import ValidationError
from twilio_sms.stores.opt_out_chain import COLUMNS, to_record

_STATES = {"": State.OPTED_OUT, **{str(state): state for state in State}}


@dataclass(frozen=True, slots=True)
class Import:
    """What an import fills in: the time it happens, who does it, and which times may have passed."""

    now: datetime
    actor: str | None
    check_past: Callable[[datetime], datetime]


def write_csv(events: Iterable[OptOutEvent], file: TextIO) -> int:
    """Write *events* under a line of column names; open *file* with ``newline=""``. Returns how many they are."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for event in events:
        writer.writerow(to_cell(text or "") for text in to_record(event))
        count += 1
    return count


def read_csv(file: Iterable[str], filling: Import) -> tuple[OptOutEvent, ...]:
    """Read every row, or raise one `ValidationError` that tells each bad line by its number."""
    rows = csv.DictReader(_without_mark(file), strict=True)
    problems: list[str] = []
    try:
        _check_columns(rows.fieldnames or ())
        events = tuple(_events(rows, filling, problems))
    except csv.Error as error:
        raise ValidationError(f"not a CSV file from line {rows.line_num} on: {error}") from error
    if problems:
        raise ValidationError("nothing was imported; " + "; ".join(problems))
    return events


def _without_mark(file: Iterable[str]) -> Iterator[str]:
    """Yield the lines; a spreadsheet may put a byte order mark before the first."""
    lines = iter(file)
    first = next(lines, "")
    yield first.removeprefix("\ufeff") if isinstance(first, str) else first  # the reader tells what bytes are
    yield from lines


def _check_columns(names: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(COLUMNS))
    if "number" not in names or unknown:
        wrong = f"{', '.join(map(repr, unknown))} unknown" if unknown else "no number"
        raise ValidationError(f"columns may be {', '.join(COLUMNS)}, of which number is needed; found {wrong}")


def _events(rows: "csv.DictReader[str]", filling: Import, problems: list[str]) -> Iterator[OptOutEvent]:
    for row in rows:
        try:
            yield _event(row, filling)
        except ValidationError as error:
            problems.append(f"line {rows.line_num}: {error.message}")


def _event(row: Mapping[str, str | None], filling: Import) -> OptOutEvent:
    if None in row:
        raise ValidationError("has more cells than there are columns")
    cells = {name: from_cell(text or "").strip() for name, text in row.items()}
    cell = {name: cells.get(name, "") for name in COLUMNS}
    state = _state(cell["state"])
    return OptOutEvent(
        number=cell["number"],
        scope=Scope.parse(cell["scope"]) if cell["scope"] else BRAND,
        conversation=Scope.parse(cell["conversation"]) if cell["conversation"] else None,
        state=state,
        source=cell["source"] or "import",
        evidence=cell["evidence"] or None,
        event_time=_time(cell["event_time"], state, filling),
        received_time=filling.now,
        actor=cell["actor"] or filling.actor,
        note=cell["note"] or None,
    )


def _state(text: str) -> State:
    try:
        return _STATES[text]
    except KeyError:
        raise ValidationError("state must be opted-out or opted-in") from None


def _time(text: str, state: State, filling: Import) -> datetime:
    if not text and state is State.OPTED_OUT:
        return filling.now
    try:
        return filling.check_past(to_utc(datetime.fromisoformat(text)))
    except ValueError as error:
        wrong = error if isinstance(error, ValidationError) else ValidationError("event_time must be an ISO 8601 time")
        raise wrong from None
