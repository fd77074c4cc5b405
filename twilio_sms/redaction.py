"""How a phone number looks in a log or an error: the only place that knows.

How much of a number may be seen is a level. The middle levels let a person recognise a number that they know already,
and nobody find one that they do not; HASH shows nothing of it and still tells two recipients apart. Its key makes the
difference: there are so few phone numbers that a hash without one is undone by trying them all.
"""

import hmac
import logging
import os
import re
from enum import Enum

_SHORTEST_FULL = 11
_NUMBER_IN_TEXT = re.compile(
    r"(?:\+|%2[Bb])[0-9](?:[ ().\-]{0,2}[0-9]){6,}(?![0-9A-Za-z])"  # with a plus, which may be written as in an address
    r"|(?<![0-9A-Za-z])[0-9]{10,}(?![0-9A-Za-z])"  # digits alone; fewer may be an amount
    r"|(?<![0-9])\(?[0-9]{3}\)?[ .\-]{1,2}[0-9]{3}[ .\-][0-9]{4}(?![0-9A-Za-z])"  # as written in North America
)
_NO_DIGIT = re.compile(r"[^0-9]")
# Twilio, "Alphanumeric Sender ID": up to 11 characters, at least one letter. With five digits it may be a number.
_NAME = re.compile(r"(?=.{1,11}$)(?=.*[A-Za-z])(?!(?:.*[0-9]){5})[A-Za-z0-9 +\-_&.]+", re.ASCII)
_SHOWN_SID_CHARACTERS = 6
_HASH_HEX_DIGITS = 8
# Drawn once for the process, and those that fork from it: so that all of its clients and log lines have one hash for a
# number, and nobody outside can find the number by trying them all.
PROCESS_KEY = os.urandom(32)


class RedactLevel(Enum):
    """How much of a number is shown."""

    NONE = "none"  # all of it; for development only
    FULL = "full"  # +1555***4567
    PARTIAL = "partial"  # +1*********67, always as wide
    HASH = "hash"  # hash:1a2b3c4d


# What goes wrong is read by more people, and sent to more places, than what goes well.
_LEVELS = ((logging.WARNING, RedactLevel.PARTIAL), (logging.INFO, RedactLevel.FULL))


def level_for(logging_level: int) -> RedactLevel:
    """Return how numbers appear in a log line of this level; no level shows a whole one."""
    return next((level for least, level in _LEVELS if logging_level >= least), RedactLevel.HASH)


def redact_phone(number: str, level: RedactLevel = RedactLevel.FULL, *, key: bytes = PROCESS_KEY) -> str:
    """Return *number* as *level* shows it; HASH is an HMAC-SHA256 with *key*, by default a random one of the process.

    A number of fewer than 11 digits is too short for FULL and appears as PARTIAL, one of fewer than 6 as stars, so
    that at least three digits stay hidden. Raises `ValueError` for HASH with an empty key, and for what is no level.
    """
    match RedactLevel(level):
        case RedactLevel.NONE:
            return number
        case RedactLevel.FULL:
            return mask(number)
        case RedactLevel.PARTIAL:
            return _partial(number)
        case RedactLevel.HASH:
            return _hash(number, key)


def redact_sid(sid: str) -> str:
    """Return a SID with all but its beginning hidden: ``ACab12***``."""
    return f"{sid[:_SHOWN_SID_CHARACTERS]}***"


class Redactor:
    """Redacts with one key, so that a number has one hash for as long as the key is kept."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if not key:
            raise ValueError("the redaction key must not be empty: without one a hash is undone by trying all numbers")
        self._key = key

    def phone(self, number: str, level: RedactLevel = RedactLevel.FULL) -> str:
        """Return *number* as *level* shows it."""
        return redact_phone(number, level, key=self._key)

    def sender(self, text: str, level: RedactLevel = RedactLevel.FULL) -> str:
        """Return a sender as *level* shows it: an alphanumeric sender ID is a name, and stays unless it hides one."""
        return text if _NAME.fullmatch(text) else redact_phone(text, level, key=self._key)


def mask(number: str) -> str:
    """Return *number* with its middle hidden: ``+1555***4567``.

    A number of fewer than 11 digits shows less (``+1*********67``, always as wide), so that at least three digits
    stay hidden and the length stays unknown.
    """
    digits = number.removeprefix("+")
    if len(digits) < _SHORTEST_FULL:
        return _partial(number)
    plus = number[: len(number) - len(digits)]
    return f"{plus}{digits[:4]}***{digits[-4:]}"


def mask_numbers(text: str) -> str:
    """Return *text* with each phone number in it masked; Twilio's own masks (``+1555123XXXX``) stay."""
    return _NUMBER_IN_TEXT.sub(_masked, text)


def _partial(number: str) -> str:
    digits = number.removeprefix("+")
    plus = number[: len(number) - len(digits)]
    if len(digits) >= 6:
        return f"{plus}{digits[:1]}*********{digits[-2:]}"
    return f"{plus}*********"


def _hash(number: str, key: bytes) -> str:
    if not key:
        raise ValueError("the level HASH needs a key: a hash without one is undone by trying all numbers")
    digest = hmac.digest(key, number.encode("utf-8", "surrogatepass"), "sha256")
    return f"hash:{digest.hex()[:_HASH_HEX_DIGITS]}"


def _masked(found: re.Match[str]) -> str:
    text = found[0]
    sign = "+" if text.startswith("+") else text[:3] if text.startswith("%") else ""
    return sign + mask(_NO_DIGIT.sub("", text.removeprefix(sign)))
