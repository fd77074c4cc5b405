"""Whether the files of an open journal are still where they were.

A file that is deleted, moved or replaced while it is open is written on, and nobody finds it again: the next process
begins another journal in its place and sends every row a second time. The same goes for the log (WAL), in which the
last marks lie. So both are looked at with each mark: what would not be found again is not marked.
"""

import os
from pathlib import Path
from typing import Self

from twilio_sms.errors import JournalError

_Identity = tuple[int, int]  # device and inode


class JournalPlace:
    """Where the files of a journal are, and which they were when it was opened."""

    def __init__(self, files: dict[str, _Identity]) -> None:
        self._files = files

    @classmethod
    def of(cls, path: Path) -> Self:
        """Remember the journal at *path*, which is open; raises `OSError` if it is not there."""
        return cls({file: _identity(file) for file in (str(path), f"{path}-wal")})

    def check(self) -> None:
        """Raise `JournalError` if another process would not find the journal as this one writes it."""
        for file, identity in self._files.items():
            try:
                is_there = _identity(file) == identity
            except OSError:
                is_there = False
            if not is_there:
                raise JournalError(
                    f"{Path(file).name} was removed or replaced while the journal was in use: put it back before "
                    "you go on, since with another one in its place every row would be sent again"
                )


def _identity(file: str) -> _Identity:
    status = os.stat(file)  # noqa: PTH116 - asked for every message: half the time of Path.stat
    return status.st_dev, status.st_ino
