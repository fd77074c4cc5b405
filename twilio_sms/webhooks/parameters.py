"""The parameters of a webhook, read strictly from its raw form."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from twilio_sms.domain.form import Form
from twilio_sms.errors import ValidationError

MAX_PARAMETERS = 200
_NAME = re.compile(r"[A-Za-z0-9_]{1,64}", re.ASCII)
_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class Parameters(NamedTuple):
    """Names with their values, decoded, in the order in which they came; empty and repeated ones are kept."""

    pairs: Form

    @classmethod
    def parse(cls, raw: bytes) -> "Parameters":
        """Read ``application/x-www-form-urlencoded`` text; raise `ValidationError` for what is none.

        Unlike the readers of frameworks it drops and mends nothing: all of it is signed.
        """
        if not raw:
            return cls(())
        parts = raw.split(b"&", MAX_PARAMETERS)
        if len(parts) > MAX_PARAMETERS:
            raise ValidationError(f"a webhook has at most {MAX_PARAMETERS} parameters")
        return cls(tuple(_pair(part) for part in parts if part))

    def values(self, name: str) -> list[str]:
        """Return all values of *name*, in their order."""
        return [value for key, value in self.pairs if key == name]

    def one(self, name: str) -> str:
        """Return the value of *name*; raise `ValidationError` if it is not there exactly once."""
        values = self.values(name)
        if len(values) != 1:
            raise ValidationError(f"{name} must be there once, is there {len(values)} times")
        return values[0]

    def find(self, name: str) -> str | None:
        """Return the value of *name*, ``None`` if it is absent or empty; raise `ValidationError` if it is repeated."""
        values = self.values(name)
        if len(values) > 1:
            raise ValidationError(f"{name} may be there once, is there {len(values)} times")
        return values[0] if values and values[0] else None

    def without(self, known: Iterable[str]) -> dict[str, str]:
        """Return what is not *known*, by name; of a repeated one the last."""
        names = set(known)
        return {name: value for name, value in self.pairs if name not in names}

    def check_names(self) -> None:
        """Raise `ValidationError` for a name that Twilio could not have made.

        Names and values are signed without anything between them, so a name that swallows a part of a value would be
        signed alike.
        """
        for name, _ in self.pairs:
            if not _NAME.fullmatch(name):
                raise ValidationError("a parameter's name must be 1 to 64 letters, digits and underscores")

    def __repr__(self) -> str:
        return f"Parameters({len(self.pairs)})"


def _pair(part: bytes) -> tuple[str, str]:
    name, _, value = part.partition(b"=")
    return _decoded(name), _decoded(value)


def _decoded(raw: bytes) -> str:
    if raw.isalnum():
        return raw.decode("ascii")
    try:
        if _PERCENT.search(raw):
            raise ValidationError("a parameter has a % that begins no character")
        return unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise ValidationError("a parameter is not UTF-8") from None
