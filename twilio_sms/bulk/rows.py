"""Read the rows of a bulk send, one at a time.

What is wrong with the source (a file that cannot be read, a column that nobody knows, one that the template lacks)
raises while it is read: a campaign does not begin with a typo in its head. What is wrong with a message raises when its
row becomes a draft: one bad number or one blank name stops one message.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from twilio_sms.bulk.options import SETTINGS
from twilio_sms.bulk.row_files import FileRow, read_csv, read_json_lines
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.phone import PhoneNumber, ReadNumber
from twilio_sms.domain.send_options import Now, SendOptions
from twilio_sms.domain.spelling import did_you_mean
from twilio_sms.domain.template import BodyTemplate
from twilio_sms.errors import ValidationError
from twilio_sms.paths import read_path

_PARTS = ("to", "from_", "body", "media_url", "messaging_service_sid")
_ARGUMENTS = frozenset({*_PARTS, *SendOptions.__annotations__})
_NEEDED = (  # one of each, or there is no message; Twilio, "Create a Message"
    ("to",),
    ("from_", "messaging_service_sid"),
    ("body", "media_url", "content_sid"),
)
_READERS = {".csv": read_csv, ".jsonl": read_json_lines, ".ndjson": read_json_lines}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A row of the source, not yet known to be a message that may be sent."""

    index: int  # 0 for the first row
    place: str  # for errors: "people.csv line 2 (row 0)"
    values: Mapping[str, object] = field(repr=False)  # by column, defaults included; a blank cell is not there
    template: BodyTemplate | None = None

    def to_arguments(self) -> dict[str, object]:
        """Return the arguments of ``messages.send``; raise `ValidationError` if the template lacks a value."""
        arguments = {name: value for name, value in self.values.items() if name in _ARGUMENTS}
        if self.template:
            try:
                arguments["body"] = self.template.fill(self.values)
            except ValidationError as error:
                raise ValidationError(f"{self.place}: {error.message}") from error
        return arguments

    def to_draft(self, read_number: ReadNumber = PhoneNumber.parse, now: Now | None = None) -> Draft:
        """Return the message of this row; raise `ValidationError` that names the row and everything that is wrong."""
        arguments = self.to_arguments()
        try:
            return Draft.from_arguments(arguments, read_number, now)
        except ValidationError as error:
            raise ValidationError(f"{self.place}: {error.message}") from error


def read_rows(
    source: str | Path | Iterable[Mapping[str, object]],
    *,
    defaults: Mapping[str, object] | None = None,
    body_template: str | None = None,
) -> Iterator[SourceRow]:
    """Yield the rows of *source*: mappings, or the path of a ``.csv``, ``.jsonl`` or ``.ndjson`` file, in UTF-8.

    A row has the arguments of ``messages.send`` (``from`` is read as ``from_``); *defaults* stand in for those that it
    does not have. With *body_template*, such as ``"Hi $name"``, it may have other columns, which are the template's.

    Raises `ValidationError` here for *defaults*, for the template and for a *source* that holds no rows, and while it
    is read for what is wrong with *source*; it names the file and the line.
    """
    template = BodyTemplate.parse(body_template) if body_template is not None else None
    shared = _renamed(defaults or {}, "the call")
    _check_shared(shared, template)
    return _rows(_opened(source), _without_blanks(shared), template)


def _rows(
    source: Iterator[FileRow], shared: Mapping[str, object], template: BodyTemplate | None
) -> Iterator[SourceRow]:
    for index, row in enumerate(source):
        place = f"{row.place} (row {index})" if row.place else f"row {index}"
        _check_mapping(row.values, place)
        values = _renamed(row.values, place)
        _check_columns(values, place, template)
        _check_complete({*values, *shared}, place, template)
        yield SourceRow(index=index, place=place, values={**shared, **_without_blanks(values)}, template=template)


def _opened(source: str | Path | Iterable[Mapping[str, object]]) -> Iterator[FileRow]:
    if not isinstance(source, str | Path):
        if isinstance(source, Mapping | bytes) or not isinstance(source, Iterable):
            raise ValidationError(f"rows must be an iterable of mappings or a path, is {type(source).__name__}")
        return (FileRow("", values) for values in source)
    path = read_path(source)
    if path.suffix.lower() not in _READERS:
        raise ValidationError(f"rows come from a file that ends in {', '.join(_READERS)}, not from {path.name}")
    return _READERS[path.suffix.lower()](path)


def _check_mapping(values: object, place: str) -> None:
    if not isinstance(values, Mapping) or not all(isinstance(name, str) for name in values):
        wanted = "a mapping of arguments by name, such as {'to': '+1555…', 'body': 'hello'}"
        raise ValidationError(f"{place} must be {wanted}, is {type(values).__name__}")


def _renamed(values: Mapping[str, object], place: str) -> Mapping[str, object]:
    """Write ``from``, which Python does not allow as an argument, as ``from_``."""
    if "from" not in values:
        return values
    if "from_" in values:
        raise ValidationError(f"{place} has both from and from_: give one")
    return {"from_" if name == "from" else name: value for name, value in values.items()}


def _without_blanks(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in values.items()
        if value is not None and not (isinstance(value, str) and not value.strip())
    }


def _check_shared(shared: Mapping[str, object], template: BodyTemplate | None) -> None:
    """Refuse what nobody would read: a bulk with a misspelt ``dry_run`` is one that is sent."""
    _check_body(shared, "the call", template)
    used = _ARGUMENTS.union(template.names if template else ())
    for name in shared:
        if name not in used:
            hint = did_you_mean(name, sorted(_ARGUMENTS | SETTINGS)) or ": what is none must stand in the body template"
            raise ValidationError(f"{name!r} is no argument of a bulk or a message{hint}")


def _check_columns(values: Mapping[str, object], place: str, template: BodyTemplate | None) -> None:
    _check_body(values, place, template)
    for name in values:
        if template is None and name not in _ARGUMENTS:
            hint = did_you_mean(name, sorted(_ARGUMENTS)) or ": only a body template may use other columns"
            raise ValidationError(f"{place} has a column {name!r} that is no argument of a message{hint}")


def _check_body(values: Mapping[str, object], place: str, template: BodyTemplate | None) -> None:
    if template is not None and values.get("body") is not None:
        raise ValidationError(f"{place} has a body, and there is a body template: give one of them")


def _check_complete(columns: Set[str], place: str, template: BodyTemplate | None) -> None:
    """Refuse a source that lacks a whole column; a blank cell stops its own message alone."""
    missing = [name for name in (template.names if template else ()) if name not in columns]
    if missing:
        raise ValidationError(
            f"{place} has no column {', '.join(missing)}, which the body template needs: it has {_listed(columns)}"
        )
    for choice in _NEEDED:
        has_text = template is not None and "body" in choice
        if not has_text and not columns & set(choice):
            raise ValidationError(
                f"{place} has no {' or '.join(choice)}, which every message needs: it has {_listed(columns)}"
            )


def _listed(columns: Collection[str]) -> str:
    return ", ".join(sorted(columns)) or "nothing"
