"""One writer for one journal, held by the kernel until it dies.

The lock is an advisory one on a file beside the journal. The kernel lets go of it with the last descriptor, however the
process ends, so no lock is ever stale, and the file is never removed: whoever removes it lets two in. What stands in it
(process id and boot id) is only for the error that a second one gets.
"""

import os
import sys
from io import FileIO
from pathlib import Path
from typing import Self

from twilio_sms.errors import JournalError

if sys.platform == "win32":  # pragma: no cover - the tests of locks run on Unix
    import msvcrt

    _FAR = 1 << 30  # a byte that nobody reads: on Windows a locked byte cannot be read by others

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

    def _unlock(descriptor: int) -> None:
        """Nothing to do: the lock goes with the descriptor, which no child has a copy of."""
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # Linux; elsewhere a process id has to do


class JournalLock:
    """The right to write a journal."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._owner = os.getpid()

    @classmethod
    def take(cls, path: Path) -> Self:
        """Lock the file at *path*, made if need be; raise `JournalError` at once if somebody holds it."""
        file = FileIO(path, "a+", opener=_open_private)
        try:
            _lock(file.fileno())
        except OSError as error:
            holder = _holder(file)
            file.close()
            raise JournalError(
                f"the journal is written by {holder}: wait until it ends; 'twilio-sms report' reads it meanwhile"
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()} {_boot_id()}\n".encode())
        return cls(file)

    def release(self) -> None:
        """Let go; in a forked child, which shares the lock, this leaves it with the parent.

        The owner unlocks, too: a child that was forked a moment ago still has its copy of the descriptor.
        """
        if not self._file.closed and os.getpid() == self._owner:
            _unlock(self._file.fileno())
        self._file.close()


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:  # pragma: no cover - not on Linux
        return "unknown"


def _holder(file: FileIO) -> str:
    """Name the process that wrote the lock file; its number means nothing on another machine or after a boot."""
    file.seek(0)
    process, _, boot_id = file.read(200).decode("ascii", "replace").strip().partition(" ")
    if not process:
        return "another process"
    return f"process {process}" if boot_id == _boot_id() else f"process {process} of another machine"
