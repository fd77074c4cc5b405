"""SIDs, all from one seed: the same seed gives the same SIDs in the same order."""

import hashlib
import re

_ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}", re.ASCII)
_NUMBER = re.compile(r"PN[0-9a-fA-F]{32}", re.ASCII)
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}", re.ASCII)
_KEY = re.compile(r"SK[0-9a-fA-F]{32}", re.ASCII)
_MESSAGE = re.compile(r"(SM|MM)[0-9a-fA-F]{32}", re.ASCII)
_CONTENT = re.compile(r"HX[0-9a-fA-F]{32}", re.ASCII)
_APPLICATION = re.compile(r"AP[0-9a-fA-F]{32}", re.ASCII)
_MEDIA = re.compile(r"ME[0-9a-fA-F]{32}", re.ASCII)


_VARIANTS = "89ab"  # what a UUID of version 4 has in this place (RFC 9562, 4.1)


def make_sid(prefix: str, seed: int, ordinal: int) -> str:
    """Return the SID of the *ordinal*-th thing: two letters and 32 hexadecimal digits."""
    digest = hashlib.blake2b(f"{seed}/{ordinal}".encode(), digest_size=16, person=b"sid")
    return prefix + digest.hexdigest()


def make_token(seed: int, message_sid: str, number: int) -> str:
    """Return the UUID that every attempt of the *number*-th webhook of a message carries."""
    text = hashlib.blake2b(f"{seed}/{message_sid}/{number}".encode(), digest_size=16, person=b"webhook").hexdigest()
    variant = _VARIANTS[int(text[16], 16) % 4]
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"


def make_secret(seed: int, name: str) -> str:
    """Return the secret called *name*: 32 hexadecimal digits."""
    return hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=16, person=b"secret").hexdigest()


def derived_seed(seed: int, name: str) -> int:
    """Return a seed of its own for what is called *name*, so that two accounts never make the same SID."""
    return int.from_bytes(hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=8, person=b"seed").digest())


def is_number_sid(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def is_service_sid(text: str) -> bool:
    return bool(_SERVICE.fullmatch(text))


def is_key_sid(text: str) -> bool:
    return bool(_KEY.fullmatch(text))


def is_account_sid(text: str) -> bool:
    return bool(_ACCOUNT.fullmatch(text))


def is_message_sid(text: str) -> bool:
    return bool(_MESSAGE.fullmatch(text))


def is_content_sid(text: str) -> bool:
    return bool(_CONTENT.fullmatch(text))


def is_application_sid(text: str) -> bool:
    return bool(_APPLICATION.fullmatch(text))


def is_media_sid(text: str) -> bool:
    return bool(_MEDIA.fullmatch(text))
