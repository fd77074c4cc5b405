"""What one process may do alone while Redis is gone.

So many processes share a limit; alone, each keeps to its part of the rate. It does not know what the others spent right
before, so it begins each outage with empty buckets: together they stay within the shared limit, and an outage lets
through no more than the one burst that the bucket in Redis fills up with meanwhile.
"""

from dataclasses import replace
from fractions import Fraction
from threading import Lock

from twilio_sms.clock import Clock
from twilio_sms.forks import tell_of_forks
from twilio_sms.resilience.limits import OnHoldUp, RateLimits
from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.resilience.token_bucket import Rate

# Twilio: a body has up to 1600 characters, and a segment of several 67 that are not in GSM-7. Who may send the longest
# message at all may send it alone too: it only waits for longer.
_MOST_SEGMENTS = 24


class LocalShare:
    """The limiter of this process, another one for each outage; any number of threads may share it."""

    def __init__(self, limits: RateLimits, processes: int, clock: Clock, on_hold_up: OnHoldUp) -> None:
        self._limits = share_of_limits(limits, processes)
        self._clock = clock
        self._on_hold_up = on_hold_up
        self._spell = -1
        self._limiter = self._empty()
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        self._lock = Lock()

    def limiter(self, spell: int) -> RateLimiter:
        """Return the limiter of the outage that is *spell* of the server."""
        with self._lock:
            if spell > self._spell:
                self._spell, self._limiter = spell, self._empty()
            return self._limiter

    def _empty(self) -> RateLimiter:
        limiter = RateLimiter(self._limits, self._clock, self._on_hold_up)
        limiter.begin_anew()
        return limiter


def share_of_limits(limits: RateLimits, processes: int) -> RateLimits:
    """Return *limits* with each rate and burst divided by *processes*, a burst rounded down but at least 1."""
    shares = {name: share_of_rate(rate, processes) for name, rate in limits.rates().items()}
    short_code = limits.short_code_rate
    if short_code:
        share = shares["short_code_rate"]
        shares["short_code_rate"] = Rate(share.per_second, max(share.burst, min(short_code.burst, _MOST_SEGMENTS)))
    return replace(
        limits,
        global_rate=shares.get("global_rate"),
        recipient_rate=shares.get("recipient_rate"),
        long_code_rate=shares.get("long_code_rate"),
        toll_free_rate=shares.get("toll_free_rate"),
        short_code_rate=shares.get("short_code_rate"),
    )


def share_of_rate(rate: Rate, processes: int) -> Rate:
    return Rate(Fraction(str(rate.per_second)) / processes, max(1, rate.burst // processes))


def share_of_quota(quota: RetryQuota, processes: int) -> RetryQuota:
    """Return a quota of that part of the tokens, of one retry at least."""
    capacity = max(quota.retry_cost, quota.capacity // processes)
    return RetryQuota(capacity, quota.retry_cost, quota.success_gain)
