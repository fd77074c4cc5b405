"""A part that is made when it is first asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_PART = "part"


class FirstUse(Generic[T]):
    """Makes a part for the first who asks, and keeps it; any number of threads may ask.

    Of several who ask at the same time each may make one; all get the one that is kept, and *on_kept* is told of it
    once. So no lock is held while *make* runs, which must do nothing that others see.
    """

    def __init__(self, make: Callable[[], T], on_kept: Callable[[T], None]) -> None:
        self._make = make
        self._on_kept = on_kept
        self._kept: dict[str, T] = {}

    def get(self) -> T:
        """Return the part."""
        if _PART in self._kept:
            return self._kept[_PART]
        made = self._make()
        kept = self._kept.setdefault(_PART, made)  # in one step: of two who come here the first wins
        if kept is made:
            self._on_kept(kept)
        return kept
