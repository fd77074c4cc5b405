"""Lets the messages of many processes leave no faster than their common limits.

Redis decides, and the moment at which it takes the tokens is the moment at which the message leaves; nothing is
reserved, as in `rate_limit`. While Redis is gone each process keeps to its share of the rates, and who waits for that
goes back to Redis as soon as it answers again. For a second it keeps to both then: others may still go by their shares
alone, and must find theirs untouched.

In any time t, over all processes: at most burst + rate * t, and one burst more for each time that Redis was gone or
lost what it knew. A process that alone cannot reach Redis adds its share of the rate for as long as that lasts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Unpack

from twilio_sms.clock import Clock
from twilio_sms.errors import LocalRateLimitError
from twilio_sms.forks import tell_of_forks
from twilio_sms.resilience.limits import KINDS, Claim, OnHoldUp, RateLimits
from twilio_sms.resilience.patience import Patience, Waiting
from twilio_sms.resilience.rate_limit import LONGEST_NAP_NS
from twilio_sms.resilience.token_bucket import NS_PER_SECOND
from twilio_sms.stores.redis_buckets import RedisBuckets
from twilio_sms.stores.redis_lines import Lines, Wait
from twilio_sms.stores.redis_local_share import LocalShare
from twilio_sms.stores.redis_server import RedisGone, RedisServer

_NS_PER_US = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """One message that wants to leave, as `Limiter.acquire` describes it."""

    recipient: str
    sender: str | None
    segments: Callable[[], int]
    claims: list[Claim]
    ticket: int
    patience: Patience


class RedisLimiter:
    """The limits of all processes of one scope; any number of threads may share it.

    *share* is what this process keeps to while Redis is gone; with *fail_open* everything passes then, and is counted.
    *on_hold_up* is told of each message that cannot leave at once.
    """

    def __init__(
        self,
        limits: RateLimits,
        *,
        server: RedisServer,
        buckets: RedisBuckets,
        share: LocalShare,
        clock: Clock,
        on_hold_up: OnHoldUp,
        fail_open: bool = False,
    ) -> None:
        self._limits = limits
        self._server = server
        self._buckets = buckets
        self._share = share
        self._monotonic_ns = clock.monotonic_ns
        self._sleep = clock.sleep
        self._on_hold_up = on_hold_up
        self._fail_open = fail_open
        self._tickets = count()
        self._let_through = 0
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Begin with nobody in line; runs in a child process. The tokens are in Redis, for parent and child."""
        self._lock = Lock()
        self._lines = Lines(self._limits.rates())

    @property
    def let_through(self) -> int:
        """How many messages passed without any limit, by *fail_open*."""
        return self._let_through

    def acquire(
        self, recipient: str, sender: str | None, segments: Callable[[], int], **waiting: Unpack[Waiting]
    ) -> float:
        """As `Limiter.acquire` says."""
        patience = Patience.of(self._limits.on_limit, **waiting)
        claims = self._limits.claims(recipient, sender, segments)
        if not claims:
            return 0.0
        message = _Message(
            recipient=recipient,
            sender=sender,
            segments=segments,
            claims=claims,
            ticket=next(self._tickets),
            patience=patience,
        )
        began_ns = self._monotonic_ns()
        while not self._passes(message):
            pass  # Redis was lost, or is back: the other one decides
        return (self._monotonic_ns() - began_ns) / NS_PER_SECOND

    def _passes(self, message: _Message) -> bool:
        server = self._server
        if server.is_up() and server.is_just_back():
            self._wait_alone(message, server.spell - 1, until=lambda: not server.is_just_back())
        return self._passes_in_common(message) or self._passes_alone(message)

    def _passes_in_common(self, message: _Message) -> bool:
        """Wait until Redis gives the tokens; return false if it is gone."""
        is_told = False
        try:
            while (held := self._take_or_stand(message)) is not None:
                if not is_told:
                    self._on_hold_up(KINDS[held.claim[0]])
                    is_told = True
                message.patience.check(held.claim[0], held.wait_ns, self._monotonic_ns())
                self._sleep(min(held.wait_ns, LONGEST_NAP_NS) / NS_PER_SECOND)
        except RedisGone:
            return False
        finally:  # an interrupt, too, must not leave a place behind for which all others wait
            with self._lock:
                self._lines.leave(message.ticket)
        return True

    def _take_or_stand(self, message: _Message) -> Wait | None:
        """Take the tokens, or stand in the line of what is missing and return how long that may last."""
        with self._lock:
            held = self._lines.before(message.claims, message.ticket, self._monotonic_ns())
        held = held or self._take(message.claims)
        if held is not None:
            with self._lock:
                self._lines.stand(message.ticket, held, self._monotonic_ns())
        return held

    def _take(self, claims: list[Claim]) -> Wait | None:
        held = self._buckets.take(claims)
        return Wait(claims[held.claim], held.wait_us * _NS_PER_US) if held else None

    def _passes_alone(self, message: _Message) -> bool:
        """Wait until this process's share allows it; return false if Redis is back before."""
        if self._server.is_up():
            return False
        if self._fail_open:
            with self._lock:
                self._let_through += 1
            return True
        return self._wait_alone(message, self._server.spell, until=self._server.is_up)

    def _wait_alone(self, message: _Message, spell: int, until: Callable[[], bool]) -> bool:
        """Wait for this process's share as in the outage that is *spell*; return false if *until* came before."""
        watch = _Watch(until, message.patience.should_stop)
        try:
            self._share.limiter(spell).acquire(
                message.recipient,
                message.sender,
                message.segments,
                deadline=message.patience.deadline,
                wait=message.patience.may_wait,
                should_stop=watch.should_stop,
            )
        except LocalRateLimitError:
            if watch.has_come:
                return False
            raise
        return True


class _Watch:
    """Ends the waiting of one message when something has come, or when its sender wants to stop."""

    def __init__(self, until: Callable[[], bool], should_stop: Callable[[], bool] | None) -> None:
        self._until = until
        self._should_stop = should_stop
        self.has_come = False

    def should_stop(self) -> bool:
        self.has_come = self._until()
        return self.has_come or (self._should_stop is not None and self._should_stop())
