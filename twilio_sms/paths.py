"""Reads where a file or a folder is."""

import os
from pathlib import Path

from twilio_sms.errors import ValidationError


def read_path(path: object) -> Path:
    """Return *path*, a text or a path object, as a path; raise `ValidationError` for what can be none."""
    try:
        if isinstance(path, str | os.PathLike) and _may_be_one(os.fsencode(path)):
            return Path(path)
    except (TypeError, UnicodeEncodeError):  # a path of bytes; a text that no disk can write
        pass
    kind = (
        "one that is blank, or has characters that no path has" if isinstance(path, str) else f"a {type(path).__name__}"
    )
    raise ValidationError(f"path must be a text such as 'folder/name', or a pathlib.Path, is {kind}")


def _may_be_one(raw: bytes) -> bool:
    return bool(raw.strip()) and b"\0" not in raw
