"""From many troubles to a smallest set of them that still breaks something."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def smallest(things: Sequence[Thing], breaks: Callable[[list[Thing]], bool]) -> list[Thing]:
    """Return a part of *things* that still *breaks*, and of which nothing can be left out; all of them must break.

    Halves are tried first, then ever smaller shares, at last one by one until nothing changes any more.
    """
    left = list(things)
    share = max(len(left) // 2, 1)
    while left:
        before = len(left)
        left = _without_shares(left, share, breaks)
        if share > 1:
            share //= 2
        elif len(left) == before:
            return left
    return left


def _without_shares(things: list[Thing], share: int, breaks: Callable[[list[Thing]], bool]) -> list[Thing]:
    left = things
    for part in _shares(things, share):
        fewer = [thing for thing in left if thing not in part]
        if breaks(fewer):
            left = fewer
    return left


def _shares(things: Sequence[Thing], share: int) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), share):
        yield things[start : start + share]
