"""How a webhook is connected to, as the fragment of its URL says: `#rc=2&rp=4xx,5xx&ct=2000&rt=500&tt=8000`.

Source: Twilio, "Webhook connection overrides": the keys, ranges and defaults; its error dictionary: 11243 for a retry
policy that is none. Inferred, since Twilio does not say: a number out of its range counts as the nearest in it; of a
key that comes twice the last one counts; what cannot be read leaves the default; an unknown policy beside others is
left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Self
from urllib.parse import unquote

from fake_twilio.domain.webhooks.retries import Policy

INVALID_POLICY = 11243
_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long one request may take."""

    connect_seconds: float = 5.0
    read_seconds: float = 15.0  # to the first byte, and from packet to packet
    total_seconds: float = 15.0

    def within(self, seconds: float) -> Self:
        """Return these limits, but at most *seconds* in total."""
        return self if seconds >= self.total_seconds else replace(self, total_seconds=seconds)


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Note:
    """What was wrong with an override; *code* is the alert that Twilio has for it, if it has one."""

    text: str
    code: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the fragment of a URL asks for, with Twilio's defaults for the rest."""

    limits: Limits = DEFAULT_LIMITS
    retries: int = 1
    policies: frozenset[Policy] = frozenset({Policy.CONNECT})
    sni: bool = True  # kept, without effect
    edges: tuple[str, ...] = ("ashburn",)  # kept, without effect
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """Which numbers a key takes, and which one stands if there is none."""

    least: int
    most: int
    default: int


RANGES: Mapping[str, Range] = MappingProxyType(
    {
        "ct": Range(100, 10_000, 5_000),  # milliseconds
        "rt": Range(100, 15_000, 15_000),
        "tt": Range(100, 15_000, 15_000),
        "rc": Range(0, 5, 1),
    }
)
KEYS = (*RANGES, "rp", "sni", "e")
_DEFAULTS = Overrides()


def read_overrides(url: str) -> Overrides:
    """Return what the fragment of *url* asks for; whatever it is, it never raises."""
    fragment = url.partition("#")[2]
    if not fragment:
        return _DEFAULTS
    notes: list[Note] = []
    given = dict(_pairs(fragment, notes))
    numbers = {key: _number(key, given.get(key), notes) for key in RANGES}
    return Overrides(
        limits=Limits(
            connect_seconds=numbers["ct"] / 1000,
            read_seconds=numbers["rt"] / 1000,
            total_seconds=numbers["tt"] / 1000,
        ),
        retries=numbers["rc"],
        policies=_policies(given.get("rp"), notes),
        sni=_sni(given.get("sni"), notes),
        edges=_words(given.get("e")) or _DEFAULTS.edges,
        notes=tuple(notes),
    )


def _pairs(fragment: str, notes: list[Note]) -> Iterator[tuple[str, str]]:
    for pair in fragment.split("&"):
        key, _, value = pair.partition("=")
        if key in KEYS:
            yield key, unquote(value)
        elif pair:
            notes.append(Note(f"{key!r} is no connection override"))


def _number(key: str, text: str | None, notes: list[Note]) -> int:
    allowed = RANGES[key]
    if text is None:
        return allowed.default
    if not _NUMBER.fullmatch(text):
        notes.append(Note(f"{key}={text!r} is no number, {allowed.default} counts"))
        return allowed.default
    number = min(max(int(text), allowed.least), allowed.most)
    if number != int(text):
        notes.append(Note(f"{key}={text} is not from {allowed.least} to {allowed.most}, {number} counts"))
    return number


def _policies(text: str | None, notes: list[Note]) -> frozenset[Policy]:
    known = {policy.value for policy in Policy}
    words = _words(text)
    strange = [word for word in words if word not in known]
    if strange or (text is not None and not words):
        notes.append(Note(f"rp={text!r} has what is no retry policy", INVALID_POLICY))
    return frozenset(Policy(word) for word in words if word in known) or _DEFAULTS.policies


def _sni(text: str | None, notes: list[Note]) -> bool:
    if text not in (None, "y", "n"):
        notes.append(Note(f"sni={text!r} is neither y nor n, y counts"))
    return text != "n"


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word for word in (part.strip() for part in (text or "").split(",")) if word)
