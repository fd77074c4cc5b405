"""Credentials out of a file, read again when it has changed.

A secret is rotated by replacing the file; the next attempt sees another inode, size or time and reads it. A file that
is written over in place may be seen half-written: what is shorter than Twilio's secrets is not taken, and the last good
secret is used until the rest is there.

Who may read the file is told but not enforced. Docker and Kubernetes mount secrets for all to read (0444, 0644), the
mount being what guards them; refusing those would stop the very programs that keep their secrets in files.
"""

import logging
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from twilio_sms.credentials.basic import BasicAuth
from twilio_sms.credentials.secret import SecretString
from twilio_sms.domain.settings import check_count
from twilio_sms.errors import CredentialsError

# Twilio's auth tokens and API key secrets have this many characters.
_SECRET_CHARACTERS = 32
_MAX_BYTES = 4096


@dataclass(frozen=True, slots=True)
class _Known:
    """The last good secret, and what the file looked like when it was read."""

    stamp: tuple[int, ...]
    auth: BasicAuth


class FileCredentials:
    """Reads the secret of *user* from a file that holds nothing else; surrounding white space does not count.

    *user* is the account SID if the file holds its auth token, the API key SID if it holds the key's secret. A file
    with fewer than *min_characters* counts as half-written. One that cannot be read, or is half-written, leaves the
    last good secret in use. If others than its owner may read it, that is logged, once.
    """

    __slots__ = ("_is_told", "_known", "_logger", "_min_characters", "_path", "_user")

    def __init__(
        self,
        path: str | os.PathLike[str],
        user: str,
        *,
        min_characters: int = _SECRET_CHARACTERS,
        logger: logging.Logger | None = None,
    ) -> None:
        check_count("min_characters", min_characters)
        self._path = Path(path)
        self._user = user
        self._min_characters = min_characters
        self._logger = logger or logging.getLogger("twilio_sms")
        self._known: _Known | None = None
        self._is_told = False

    def basic_auth(self) -> BasicAuth:
        """Return the user and the secret in the file now; raise `CredentialsError` if there never was a whole one."""
        known = self._known  # one frozen value, replaced as a whole: no lock is held while the disk is slow
        try:
            if known is not None and _stamp(self._path.stat()) == known.stamp:
                return known.auth
            return self._read()
        except (OSError, ValueError) as error:
            if known is not None:
                return known.auth
            trouble = (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)
        raise CredentialsError(f"the file {self._path.name} gives no secret: {trouble}")

    def _read(self) -> BasicAuth:
        """Read the file and remember it; raise `ValueError` if it is not whole."""
        with self._path.open("rb") as file:
            found = os.fstat(file.fileno())  # before the content: what is written meanwhile has a later stamp
            text = _text(file.read(_MAX_BYTES + 1))
        self._tell_who_may_read(found.st_mode)
        if len(text) < self._min_characters:
            raise ValueError(f"it has {len(text)} characters of at least {self._min_characters}")
        known = _Known(_stamp(found), BasicAuth(self._user, SecretString(text)))
        self._known = known
        return known.auth

    def _tell_who_may_read(self, mode: int) -> None:
        if self._is_told or os.name != "posix" or not mode & (stat.S_IRGRP | stat.S_IROTH):
            return
        self._is_told = True
        self._logger.warning("the file of the Twilio secret can be read by others than its owner: chmod 600 if it may")

    def __repr__(self) -> str:
        return f"FileCredentials({self._path.name!r})"


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev


def _text(content: bytes) -> str:
    """Return the one word in the file; raise `ValueError`, which tells nothing of it, for anything else."""
    if len(content) > _MAX_BYTES:
        raise ValueError(f"it has more than {_MAX_BYTES} bytes")
    try:
        words = content.decode("utf-8-sig").split()
    except UnicodeDecodeError:
        words = ["", ""]
    if len(words) > 1:
        raise ValueError("it holds more than one word, or no text")
    return words[0] if words else ""
