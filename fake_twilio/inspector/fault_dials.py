"""The dials of the page: each fault that can be turned up, by what it is about."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fake_twilio.domain.rules.dials import DIALS, Concern


class ShownDial(NamedTuple):
    """A dial, and how far it is turned, in percent."""

    name: str
    about: str
    percent: str


class DialGroup(NamedTuple):
    """The dials that take their shares of the same things."""

    concern: str
    dials: tuple[ShownDial, ...]


def dial_groups(shares: Mapping[str, float]) -> tuple[DialGroup, ...]:
    """Return all dials with their *shares*; those that have none are off."""
    return tuple(DialGroup(concern, tuple(_shown(concern, shares))) for concern in Concern)


def _shown(concern: Concern, shares: Mapping[str, float]) -> Iterator[ShownDial]:
    own = (dial for dial in DIALS if dial.concern is concern)
    return (ShownDial(dial.name, dial.about, percent(shares.get(dial.name, 0.0))) for dial in own)


def turned_up(shares: Mapping[str, float]) -> str:
    """Return what is turned up, as a line of text; empty if nothing is."""
    return ", ".join(f"{name} {percent(share)} %" for name, share in shares.items())


def percent(share: float) -> str:
    """Write a share as people do, without the sign: ``20`` for 0.2."""
    return f"{share * 100:.6g}"
