"""A token bucket that counts in whole numbers.

A bucket is three figures: the tokens in it, the most that it holds (the burst), and when it was last refilled. It gains
`per_second` tokens each second until it is full, and each message takes some. So whatever t seconds one looks at, at
most burst + per_second * t tokens were taken in them.

Floats would drift over days and round a wait to a moment too early. So tokens are counted in grains: the rate is a
fraction of tokens in a nanosecond, its numerator is how many grains a nanosecond brings, its denominator is how many
grains make a token. All of it is exact, for a rate of 0.3 too, and a wait is exact to the nanosecond.
"""

from dataclasses import dataclass, field
from math import gcd
from typing import TYPE_CHECKING, Self

from twilio_sms.domain.settings import check_counts, is_number, is_whole
from twilio_sms.errors import ValidationError

if TYPE_CHECKING:
    from fractions import Fraction  # loaded by who needs it: it brings decimal along

NS_PER_SECOND = 1_000_000_000
_FASTEST = 10**9  # a token each nanosecond: no clock tells more


@dataclass(frozen=True, slots=True)
class Rate:
    """How many tokens come back in a second, and how many can be saved up for a burst.

    *per_second* is a number from 1e-9 to 1e9; a float means what it prints as, so 0.3 is three tenths. *burst* is a
    whole number from 1 on. Others raise `ValidationError`.
    """

    per_second: "int | float | Fraction"
    burst: int
    grains_per_ns: int = field(init=False, repr=False, compare=False)
    grains_per_token: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_counts(self, "burst")
        tokens, seconds = _exact(self.per_second)
        shared = gcd(tokens, seconds * NS_PER_SECOND)
        object.__setattr__(self, "grains_per_ns", tokens // shared)
        object.__setattr__(self, "grains_per_token", seconds * NS_PER_SECOND // shared)


def _exact(per_second: object) -> tuple[int, int]:
    """Return the rate that was written, so many tokens in so many seconds; NaN and the infinities are no numbers."""
    if is_whole(per_second) and 1 <= per_second <= _FASTEST:
        return per_second, 1
    from fractions import Fraction

    try:
        if isinstance(per_second, Fraction) or is_number(per_second):
            exact = Fraction(str(per_second))
            if Fraction(1, _FASTEST) <= exact <= _FASTEST:
                return exact.as_integer_ratio()
    except ValueError:
        pass
    raise ValidationError(f"per_second must be a number from 1e-9 to 1e9, is {per_second!r}")


class TokenBucket:
    """The tokens of one limit. Times are monotonic nanoseconds that never go back; one lock must guard it all."""

    __slots__ = ("_full_grains", "_grains", "_rate", "_refilled_ns")

    def __init__(self, rate: Rate, grains: int, now_ns: int) -> None:
        self._rate = rate
        self._full_grains = rate.burst * rate.grains_per_token
        self._grains = grains
        self._refilled_ns = now_ns

    @classmethod
    def full(cls, rate: Rate, now_ns: int) -> Self:
        return cls(rate, rate.burst * rate.grains_per_token, now_ns)

    @classmethod
    def empty(cls, rate: Rate, now_ns: int) -> Self:
        return cls(rate, 0, now_ns)

    def wait_ns(self, tokens: int, now_ns: int) -> int:
        """Return in how many nanoseconds *tokens* are there, rounded up; 0 if they are.

        More than the burst are never there at once: then it is when so many have been there in turn.
        """
        rate = self._rate
        passed_ns = now_ns - self._refilled_ns
        if passed_ns > 0:
            grains = self._grains + passed_ns * rate.grains_per_ns
            self._refilled_ns = now_ns  # first: a signal that hits here loses tokens, and gives none twice
            self._grains = grains if grains < self._full_grains else self._full_grains  # thrice as fast as min()
        missing = tokens * rate.grains_per_token - self._grains
        return -(-missing // rate.grains_per_ns) if missing > 0 else 0

    def take(self, tokens: int) -> None:
        """Take *tokens*, which must be there: `wait_ns` has just said so."""
        self._grains -= tokens * self._rate.grains_per_token
        assert self._grains >= 0

    def tokens(self, now_ns: int) -> "Fraction":
        """Return how many tokens there are, with the part of the one that is coming."""
        from fractions import Fraction

        self.wait_ns(0, now_ns)  # refills
        return Fraction(self._grains, self._rate.grains_per_token)

    def is_full(self, now_ns: int) -> bool:
        return self.wait_ns(self._rate.burst, now_ns) == 0
