"""Chance that can be repeated: a draw depends on its key and its name, not on who drew what before.

So the fate of a message is the same in whatever order messages come, and a new kind of draw changes none of the others.
"""

import hashlib
from statistics import NormalDist

_STANDARD = NormalDist()
_PARTS = 1 << 53  # as fine as a float between 0 and 1 can be


class Draws:
    """What chance says about one thing, such as the third message to a recipient: ``Draws(seed, recipient, 3)``."""

    __slots__ = ("_key", "_parts")

    def __init__(self, *key: str | int) -> None:
        self._parts = key
        self._key: str | None = None  # made for the first draw, which most messages never need

    def fraction(self, name: str) -> float:
        """Return what is drawn as *name*: any number from 0 up to, but not including, 1 is as likely as another."""
        if self._key is None:
            self._key = "/".join(map(str, self._parts))
        digest = hashlib.blake2b(f"{self._key}/{name}".encode("utf-8", "surrogatepass"), digest_size=8, person=b"draw")
        return (int.from_bytes(digest.digest()) >> 11) / _PARTS

    def happens(self, name: str, probability: float) -> bool:
        """Return whether something of this *probability* (from 0 to 1) happens."""
        return probability >= 1 or self.fraction(name) < probability

    def deviation(self, name: str) -> float:
        """Return a number of the standard normal distribution."""
        return _STANDARD.inv_cdf(self.fraction(name) or 1 / _PARTS)

    def shuffled(self, name: str, count: int) -> tuple[int, ...]:
        """Return the numbers below *count* in an order of which each is as likely as another."""
        return tuple(sorted(range(count), key=lambda number: self.fraction(f"{name}/{number}")))
