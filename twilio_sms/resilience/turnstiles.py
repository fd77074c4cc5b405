"""The turnstiles of one limit, made when first needed, few in memory.

A bucket that is full again says no more than none at all. So when there are too many, the oldest is dropped, provided
that it is full and that nobody waits before it; else it gets a second chance at the other end. That is the clock
algorithm's way to find what was not used lately, and nobody has to note each use: a bucket that was is not full.

The bound is as honest as this: *at_most* turnstiles, or as many as were used within the time in which an empty bucket
fills (burst / per_second seconds), if those are more. Dropping one of them would let its recipient have a second burst.
Two are looked at for each that is made, so what was too many shrinks again.
"""

from collections import OrderedDict
from collections.abc import Iterator

from twilio_sms.resilience.token_bucket import Rate, TokenBucket
from twilio_sms.resilience.turnstile import Turnstile

_LOOKED_AT = 2


class Turnstiles:
    """Finds the turnstile of a key; one lock must guard it all."""

    def __init__(self, rate: Rate, at_most: int) -> None:
        self._rate = rate
        self._at_most = at_most
        self._by_key: OrderedDict[str, Turnstile] = OrderedDict()  # the oldest comes first
        self._empty_since_ns: int | None = None

    def get(self, key: str, now_ns: int) -> Turnstile:
        return self._by_key.get(key) or self._make(key, now_ns)

    def begin_empty(self, now_ns: int) -> None:
        """Forget all: every bucket counts as empty at *now_ns*, also those that were never used."""
        self._by_key = OrderedDict()
        self._empty_since_ns = now_ns

    def items(self) -> Iterator[tuple[str, Turnstile]]:
        return iter(self._by_key.items())

    def __len__(self) -> int:
        return len(self._by_key)

    def _make(self, key: str, now_ns: int) -> Turnstile:
        self._drop_idle(now_ns)
        turnstile = self._by_key[key] = Turnstile(self._new_bucket(now_ns))
        return turnstile

    def _new_bucket(self, now_ns: int) -> TokenBucket:
        if self._empty_since_ns is None:
            return TokenBucket.full(self._rate, now_ns)
        return TokenBucket.empty(self._rate, self._empty_since_ns)

    def _drop_idle(self, now_ns: int) -> None:
        """Drop the oldest, at most two; one that is in use gets a second chance at the other end."""
        for _ in range(_LOOKED_AT):
            if len(self._by_key) < self._at_most:
                return
            key, turnstile = self._by_key.popitem(last=False)
            if not turnstile.is_idle(now_ns):
                self._by_key[key] = turnstile
