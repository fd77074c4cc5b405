"""Numbers in place of those that were seen: the same for the same one, and of the same kind."""

from collections.abc import Iterable, Iterator
from itertools import count

from fake_twilio.domain.values.numbers import is_e164


class Pseudonyms:
    """Gives out replacements for numbers, none of which is one of the *real* ones."""

    def __init__(self, real: Iterable[str]) -> None:
        self._taken = set(real)
        self._given: dict[str, str] = {}
        self._left: dict[int, Iterator[str]] = {}  # by kind: the names that are free

    def of(self, number: str) -> str:
        """Return what stands for *number*: ``+1555…``, a short code as long as it, or a word."""
        if number not in self._given:
            left = self._left.setdefault(_kind(number), _names(number))
            self._given[number] = next(name for name in left if name not in self._taken)
            self._taken.add(self._given[number])
        return self._given[number]


def _kind(number: str) -> int:
    """Return how many digits a short code has, -1 for a number in E.164 form, 0 for a word."""
    if is_e164(number):
        return -1
    return len(number) if number.isdecimal() else 0


def _names(number: str) -> Iterator[str]:
    if is_e164(number):
        return (f"+1555{ordinal:07}" for ordinal in count(2_000_001))
    if number.isdecimal():
        return (f"{ordinal:0{len(number)}}" for ordinal in count(10 ** max(0, len(number) - 1)))
    return (f"NUMBER{ordinal}" for ordinal in count(1))
