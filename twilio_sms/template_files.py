"""A folder of templates, each a text file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from twilio_sms.domain.problems import Problems
from twilio_sms.errors import ValidationError

if TYPE_CHECKING:
    from twilio_sms.domain.template import BodyTemplate

_MAX_BYTES = 1 << 16  # forty times what a message may have: what is larger is no template


def read_folder(folder: Path, read: "Callable[[str, str], BodyTemplate]") -> "dict[str, BodyTemplate]":
    """Return the templates of the ``*.txt`` files of *folder*, sorted by name; *read* makes one of name and text.

    Raises one `ValidationError` that names every file that cannot be one, and why.
    """
    problems = Problems()
    found = {path.stem: problems.read(f"{path}:", _template, path, read) for path in _files(folder)}
    if problems:
        problems.raise_all()
    return {name: template for name, template in found.items() if template is not None}


def _files(folder: Path) -> list[Path]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".txt" and not path.is_dir())
    except OSError as error:
        raise ValidationError(f"the templates cannot be read from {folder}: {error.strerror}") from error
    if not paths:
        raise ValidationError(f"there is no template in {folder}: each is a file that ends in .txt")
    return paths


def _template(path: Path, read: "Callable[[str, str], BodyTemplate]") -> "BodyTemplate":
    return read(path.stem, _text(path))


def _text(path: Path) -> str:
    """Return what *path* holds, with its line breaks as one character and without the last."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValidationError(f"has more than {_MAX_BYTES} bytes, so it is no template")
        return path.read_text("utf-8-sig").removesuffix("\n")  # some editors begin with a byte order mark
    except OSError as error:
        raise ValidationError(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValidationError(f"is not in UTF-8, at byte {error.start + 1}") from error
