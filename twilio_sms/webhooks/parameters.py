"""The parameters of a webhook, read strictly from its raw form."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from twilio_sms.domain.form import Form
from twilio_sms.errors import ValidationError

MAX_PARAMETERS = 200
_NAMES = re.compile(r"(?:[A-Za-z0-9_]{1,64}&)*", re.ASCII)
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True, repr=False)
class Parameters:
    """Names with their values, decoded, in the order in which they came; empty and repeated ones are kept."""

    pairs: Form
    _by_name: dict[str, list[str]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {name: [value] for name, value in self.pairs}
        if len(by_name) < len(self.pairs):  # a name is there more than once
            by_name = {name: [value for key, value in self.pairs if key == name] for name in by_name}
        object.__setattr__(self, "_by_name", by_name)

    @classmethod
    def parse(cls, raw: bytes) -> "Parameters":
        """Read ``application/x-www-form-urlencoded`` text; raise `ValidationError` for what is none.

        Unlike the readers of frameworks it drops and mends nothing: all of it is signed.
        """
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            raise ValidationError("a parameter is not UTF-8") from None
        parts = text.split("&", MAX_PARAMETERS)
        if len(parts) > MAX_PARAMETERS:
            raise ValidationError(f"a webhook has at most {MAX_PARAMETERS} parameters")
        return cls(
            tuple(
                [
                    (_decoded(name), _decoded(value)) if "%" in part or "+" in part else (name, value)
                    for part in parts
                    if part
                    for name, _, value in (part.partition("="),)
                ]
            )
        )

    def one(self, name: str) -> str:
        """Return the value of *name*; raise `ValidationError` if it is not there exactly once."""
        values = self._by_name.get(name, ())
        if len(values) != 1:
            raise ValidationError(f"{name} must be there once, is there {len(values)} times")
        return values[0]

    def find(self, name: str) -> str | None:
        """Return the value of *name*, ``None`` if it is absent or empty; raise `ValidationError` if it is repeated."""
        values = self._by_name.get(name, ())
        if len(values) > 1:
            raise ValidationError(f"{name} may be there once, is there {len(values)} times")
        return values[0] if values and values[0] else None

    def without(self, known: Collection[str]) -> dict[str, str]:
        """Return what is not *known*, by name; of a repeated one the last."""
        return {name: values[-1] for name, values in self._by_name.items() if name not in known}

    def check_names(self) -> None:
        """Raise `ValidationError` for a name that Twilio could not have made.

        Names and values are signed without anything between them, so a name that swallows a part of a value would be
        signed alike.
        """
        if not _NAMES.fullmatch("".join([f"{name}&" for name in self._by_name])):
            raise ValidationError("a parameter's name must be 1 to 64 letters, digits and underscores")

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return those of *names* that are not there."""
        return [name for name in names if name not in self._by_name]

    def __repr__(self) -> str:
        return f"Parameters({len(self.pairs)})"


def _decoded(text: str) -> str:
    if "%" not in text and "+" not in text:
        return text
    if _PERCENT.search(text):
        raise ValidationError("a parameter has a % that begins no character")
    try:
        return unquote_to_bytes(text.replace("+", " ")).decode()
    except UnicodeDecodeError:
        raise ValidationError("a parameter is not UTF-8") from None
