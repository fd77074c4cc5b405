"""What many processes have in common, kept in one Redis: limiter, breaker, retry quota, opt-outs, webhooks.

Give each process its own `RedisShared` with the same address and namespace. Every message then costs some round trips
to Redis (for the limiter, the breaker, the quota and the opt-outs), so keep it near. While Redis is gone, each process
goes on with its share of the limits and with a breaker and a quota of its own; only opt-outs have no substitute, and
without them nothing is sent.

The address is that of one server, of what stands for one after a failover, or of a proxy before a cluster; a Redis
Cluster as such needs another client.
"""

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from twilio_sms.abilities import CLOCK, check_parts, given_or
from twilio_sms.clock import Clock, SystemClock
from twilio_sms.domain.settings import check_count, check_duration, check_switch
from twilio_sms.errors import ValidationError
from twilio_sms.resilience.breaker import BreakerPolicy, Change
from twilio_sms.resilience.limits import OnHoldUp, RateLimits
from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.stores.redis_breaker import RedisBreaker
from twilio_sms.stores.redis_buckets import RedisBuckets
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_limiter import RedisLimiter
from twilio_sms.stores.redis_local_share import LocalShare, share_of_quota
from twilio_sms.stores.redis_opt_outs import RedisOptOuts
from twilio_sms.stores.redis_quota import RedisQuota
from twilio_sms.stores.redis_server import RedisServer

if TYPE_CHECKING:
    from twilio_sms.stores.redis_connection import RedisConnection
    from twilio_sms.stores.redis_webhooks import RedisWebhooks

_LONGEST_TIMEOUT_SECONDS = 0.5  # to connect and to get an answer are two: an outage is known after a second at most


class RedisShared:
    """What the processes that use one Redis share; give it to ``Client(shared=...)``.

    *url* is ``redis://host:port/0``, ``rediss://...`` or ``unix:///path``, with a password if there is one. *processes*
    is how many share the limits at most: alone, each keeps to that part of the rate, so one too many only slows an
    outage down. *namespace* tells lists and limits apart that have nothing in common, such as two brands. With
    *fail_open* messages pass without a limit while Redis is gone, and are counted in ``limiter.let_through``.
    *timeout_seconds*, at most 0.5, is for a connection and for an answer. *allow_loss* accepts a Redis that may lose
    opt-outs and webhooks, for tests and development. *clock* says when to look whether Redis is back.

    Nothing is connected before it is used. Raises `ValidationError` for settings that cannot work, and if the extra
    is not installed.
    """

    def __init__(
        self,
        url: str,
        *,
        processes: int = 8,  # for an unknown number of workers on a few machines
        namespace: str = "twilio-sms",
        fail_open: bool = False,
        timeout_seconds: float = 0.25,  # a hundred times what Redis takes nearby, and two of them are no long wait
        allow_loss: bool = False,
        clock: Clock | None = None,
    ) -> None:
        check_count("processes", processes)
        check_duration("timeout_seconds", timeout_seconds, most=_LONGEST_TIMEOUT_SECONDS)
        check_switch("fail_open", fail_open)
        check_switch("allow_loss", allow_loss)
        check_parts({"clock": clock}, {"clock": CLOCK})
        if not isinstance(namespace, str) or not namespace or set(namespace) & set("{}"):
            raise ValidationError(f"namespace must be a text without braces, is {namespace!r}")
        self.processes = processes
        self._namespace = namespace
        self._fail_open = fail_open
        self._allows_loss = allow_loss
        self._clock = given_or(clock, SystemClock)
        self._connection = _connection(url, timeout_seconds)
        self._server = RedisServer(self._connection, self._clock, Keys(namespace, "server").named("probe"))

    def limiter(self, limits: RateLimits, scope: str, clock: Clock, on_hold_up: OnHoldUp) -> RedisLimiter:
        """Return the limits of *scope*; raises `ValidationError` for a rate that cannot be divided or counted."""
        return RedisLimiter(
            limits,
            server=self._server,
            buckets=RedisBuckets(self._server, self._keys(scope), limits.rates()),
            share=LocalShare(limits, self.processes, clock, on_hold_up),
            clock=clock,
            on_hold_up=on_hold_up,
            fail_open=self._fail_open,
        )

    def breaker(
        self, policy: BreakerPolicy, scope: str, clock: Clock, listeners: list[Callable[[Change], None]]
    ) -> RedisBreaker:
        """Return the breaker of *scope*, which is another one for another *policy*."""
        return RedisBreaker(policy, server=self._server, keys=self._keys(scope), clock=clock, listeners=listeners)

    def quota(self, scope: str, clock: Clock) -> RedisQuota:  # noqa: ARG002 - a quota has no use for time
        """Return the retry quota of *scope*."""
        full = RetryQuota()
        local = share_of_quota(full, self.processes)
        return RedisQuota(self._server, self._keys(scope).named("quota"), full, local)

    def opt_outs(self) -> RedisOptOuts:
        """Return the opt-outs of the namespace; raises `ValidationError` if this Redis may lose them."""
        return RedisOptOuts(self._server, self._keys("opt-outs"), allow_loss=self._allows_loss)

    def webhooks(self, *, keep_days: float = 7) -> "RedisWebhooks":
        """Return the webhooks of the namespace, kept for seven days or more; raises `ValidationError` as `opt_outs`."""
        from twilio_sms.stores.redis_webhooks import RedisWebhooks  # for who takes webhooks

        return RedisWebhooks(
            self._server, self._keys("webhooks"), self._clock, keep_days=keep_days, allow_loss=self._allows_loss
        )

    def close(self) -> None:
        """Close the connections that are kept."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"RedisShared(namespace={self._namespace!r}, processes={self.processes})"

    def _keys(self, scope: str) -> Keys:
        return Keys(self._namespace, scope)


def _connection(url: str, timeout_seconds: float) -> "RedisConnection":
    try:
        from twilio_sms.stores.redis_connection import RedisConnection
    except ImportError:
        raise ValidationError('RedisShared needs: pip install "twilio-sms[redis]"') from None
    return RedisConnection.to(url, timeout_seconds)
