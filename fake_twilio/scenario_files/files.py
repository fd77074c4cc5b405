"""Read the text of a file that somebody named, without waiting for what is no file; write one whole."""

import os
import stat
from pathlib import Path

from fake_twilio.scenario_files.characters import MAX_BYTES, place_at
from fake_twilio.scenario_files.problems import Place, Problem, YamlError

_NO_WAITING: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def is_file(path: Path) -> bool:
    """Whether *path* is there and is a regular file."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def kind_of(path: Path) -> str | None:
    """Return what *path* is if it is there and no regular file: ``a folder``, ``a pipe``, …"""
    try:
        return _KINDS.get(stat.S_IFMT(path.stat().st_mode))
    except (OSError, ValueError):
        return None


def read_file(path: Path) -> str:
    """Return the text of a regular file of at most `MAX_BYTES`; raises `YamlError` for anything else."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _NO_WAITING), "rb") as file:
            _check_kind(os.fstat(file.fileno()))
            return _text(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise _refused(f"cannot be read: {error.strerror}") from error


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all, whatever ends the process meanwhile; raises `OSError` if that cannot be done.

    What is there and no regular file, such as a terminal, is written to as it is.
    """
    if path.exists() and not is_file(path):
        path.write_text(text, "utf-8")
        return
    path = path.resolve()  # a link stays one
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with made.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _check_kind(found: os.stat_result) -> None:
    """Refuse what is no file, and what is too large to be read at all."""
    if not stat.S_ISREG(found.st_mode):
        raise _refused(f"wanted a regular file, not {_KINDS.get(stat.S_IFMT(found.st_mode), 'something else')}")
    if found.st_size > MAX_BYTES:
        raise _refused(f"wanted at most {MAX_BYTES} bytes")


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        raise _refused(f"cannot be read as UTF-8 text: {error.reason}", place_at(before, len(before))) from error


def _refused(wanted: str, place: Place = Place(1, 1)) -> YamlError:  # noqa: B008 - a frozen value
    return YamlError([Problem(place, (), wanted)])
