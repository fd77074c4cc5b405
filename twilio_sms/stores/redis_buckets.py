"""Token buckets that many processes share: one script takes of all, or of none.

The theory is that of `token_bucket`, in whole microseconds of the server's clock. A bucket is the grains in it and when
they were counted; one that is not there is full. So a bucket may be forgotten once it has filled, and not before: it
lives for as long as an empty one takes to fill, and a second more. If the server's clock was set back, what is counted
from is set back with it: no grain comes of the hour that is lived twice, and nobody waits for it to pass.

Grains are whole numbers below 2^53. A rate that would need larger ones, such as 0.123456789 a second with a burst of a
hundred, is rounded, and always down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from twilio_sms.errors import ValidationError
from twilio_sms.resilience.limits import Claim
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_script import NOW, WHOLE, Script, read_integer, read_list
from twilio_sms.stores.redis_server import RedisServer

MOST_GRAINS = 1 << 52  # half of what a double holds: a quotient of two such numbers rounds up as it should
_SPARE_MS = 1000


@dataclass(frozen=True, slots=True)
class HoldUp:
    """Which of the claims waits longest, and for how long."""

    claim: int
    wait_us: int


def _read_hold_up(reply: object) -> HoldUp | None:
    held, wait_us = map(read_integer, read_list(reply))
    return HoldUp(held - 1, wait_us) if held else None


TAKE = Script(
    NOW
    + WHOLE
    + """
local held, longest, left = 0, 0, {}
for i, key in ipairs(KEYS) do
  local wanted, full, gain = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 2]), tonumber(ARGV[4 * i - 1])
  local bucket = redis.call('HMGET', key, 'grains', 'counted')
  local grains = full
  if bucket[1] then
    local counted = tonumber(bucket[2])
    if counted > now then
      redis.call('HSET', key, 'counted', whole(now))
      counted = now
    end
    grains = math.min(full, tonumber(bucket[1]) + (now - counted) * gain)
  end
  local wait = math.ceil((wanted - grains) / gain)
  if wait > longest then held, longest = i, wait end
  left[i] = grains - wanted
end
if held == 0 then
  for i, key in ipairs(KEYS) do
    redis.call('HSET', key, 'grains', whole(left[i]), 'counted', whole(now))
    redis.call('PEXPIRE', key, ARGV[4 * i])
  end
end
return {held, longest}
""",
    _read_hold_up,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grains:
    """A rate as the script counts it."""

    per_us: int
    per_token: int
    full: int
    life_ms: int

    @classmethod
    def of(cls, rate: Rate) -> Self:
        """Return *rate* in grains, exactly or a little slower; raise `ValidationError` if that cannot be counted."""
        exact = Fraction(rate.grains_per_ns * 1000, rate.grains_per_token)  # tokens in a microsecond
        per_us, per_token = exact.as_integer_ratio()
        if max(per_us, per_token * rate.burst) > MOST_GRAINS:
            per_token = MOST_GRAINS // max(rate.burst, -(-exact.numerator // exact.denominator))
            per_us = int(exact * per_token)
        if not per_us or not per_token:
            raise ValidationError(
                f"Redis cannot count a rate of {rate.per_second} a second with a burst of {rate.burst}:"
                " set a higher rate or a smaller burst"
            )
        full = per_token * rate.burst
        return cls(per_us=per_us, per_token=per_token, full=full, life_ms=-(-full // (per_us * 1000)) + _SPARE_MS)


class RedisBuckets:
    """The buckets of one scope, by the limits that are on; others of another rate or burst are other buckets."""

    def __init__(self, server: RedisServer, keys: Keys, rates: dict[str, Rate]) -> None:
        self._server = server
        self._keys = keys
        self._grains = {name: Grains.of(rate) for name, rate in rates.items()}

    def take(self, claims: Sequence[Claim]) -> HoldUp | None:
        """Take what all *claims* want, or nothing and return what holds them up longest; raise `RedisGone`."""
        keys, arguments = [], []
        for limit, bucket, tokens in claims:
            grains = self._grains[limit]
            keys.append(self._keys.named("bucket", limit, grains, bucket))
            arguments += [tokens * grains.per_token, grains.full, grains.per_us, grains.life_ms]
        return self._server.run(TAKE, keys, *arguments)
