"""Cookies that a customer sets, and the header that brings them back.

Source: RFC 6265, as far as it matters here. Inferred: a cookie goes to every path of the origin that set it, and
``Domain``, ``Path`` and ``Secure`` are not heeded.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

MAX_CHARACTERS = 4096
_PAIR = re.compile(r"""([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x20-\x3a\x3c-\x7e]*)""", re.ASCII)
_SECONDS = re.compile(r"-?[0-9]{1,10}", re.ASCII)
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie, and when it is over (seconds since 1970)."""

    name: str
    value: str
    expires_at: float = NEVER


def read_cookie(header: str, now: float) -> Cookie | None:
    """Read a ``Set-Cookie`` header that came at *now*; none if it says nothing."""
    pair, _, rest = header.partition(";")
    found = _PAIR.fullmatch(pair.strip())
    if found is None or len(pair) > MAX_CHARACTERS:
        return None
    attributes = {name.strip().lower(): value.strip() for name, _, value in (a.partition("=") for a in rest.split(";"))}
    return Cookie(found[1], found[2].strip(), _end(attributes, now))


def write_cookies(cookies: Iterable[Cookie]) -> str | None:
    """Return the ``Cookie`` header; none without cookies."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies) or None


def _end(attributes: Mapping[str, str], now: float) -> float:
    """Return when a cookie is over; ``Max-Age`` wins over ``Expires``."""
    if _SECONDS.fullmatch(attributes.get("max-age", "")):
        return now + int(attributes["max-age"])
    try:
        moment = parsedate_to_datetime(attributes.get("expires", ""))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return NEVER
