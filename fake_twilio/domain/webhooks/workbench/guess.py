"""What may have been different where a request was signed."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Difference(NamedTuple):
    """One thing that is different there: *what* stands there, and *why* that comes about."""

    what: str
    why: str


class Guess(NamedTuple):
    """A text that may be the one that was signed, and how it differs from the one that was given."""

    text: str
    differences: tuple[Difference, ...] = ()


Guesses = Callable[[str], Iterable[tuple[Difference, str]]]


def widened(text: str, guesses: Guesses) -> list[Guess]:
    """Return *text*, what it becomes by one of the *guesses*, and by two: each once, by the fewest differences."""
    singles = [Guess(changed, (difference,)) for difference, changed in guesses(text)]
    return once([Guess(text), *singles, *_deepened(singles, guesses)])


def once(guesses: Iterable[Guess]) -> list[Guess]:
    """Return the *guesses* without those whose text came before."""
    found: dict[str, Guess] = {}
    for guess in guesses:
        found.setdefault(guess.text, guess)
    return list(found.values())


def _deepened(singles: Iterable[Guess], guesses: Guesses) -> Iterator[Guess]:
    for single in singles:
        for difference, changed in guesses(single.text):
            yield Guess(changed, (*single.differences, difference))
