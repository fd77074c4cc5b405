"""Lets messages leave no faster than the limits, in the order in which they came.

A message takes a token of each bucket it concerns (of all messages, of its recipient, of its sender), or none at all.
One that is held up stands in the line of exactly one bucket, the one that holds it up longest. So a recipient who gets
too much delays nobody else, and in the line where it stands nobody with a later ticket overtakes it. If another bucket
holds it up when it wakes, it changes into that line, with its old ticket.

Nothing is reserved. A reservation that is slept through is too late to be right: after a pause of the process (a
laptop that wakes, a container that was frozen) all sleepers would leave at once. Here each wakes, looks again, and
takes under the lock: that is the moment at which it leaves. Who gives up while it sleeps has taken nothing.

With a limit for senders on, there is no promise against starvation across lines: a message whose recipient gets more
than its rate through other senders may find its recipient's bucket empty each time its sender's has filled.
"""

from collections.abc import Callable
from itertools import count
from threading import Lock
from typing import NamedTuple, Protocol, Unpack

from twilio_sms.clock import Clock
from twilio_sms.forks import tell_of_forks
from twilio_sms.resilience.limits import KINDS, Claim, OnHoldUp, RateLimits, ignore_hold_up
from twilio_sms.resilience.patience import Patience, Waiting
from twilio_sms.resilience.token_bucket import NS_PER_SECOND
from twilio_sms.resilience.turnstile import Turnstile
from twilio_sms.resilience.turnstiles import Turnstiles

# A sleeper looks up as often as this: someone before it may have left, or its own sender may want to stop.
LONGEST_NAP_NS = NS_PER_SECOND // 4


class Limiter(Protocol):
    """What the send path asks before a message leaves."""

    def acquire(
        self, recipient: str, sender: str | None, segments: Callable[[], int], **waiting: Unpack[Waiting]
    ) -> float:
        """Return when one message may leave, with the seconds it waited.

        *recipient* is an E.164 number, *sender* a sender's text, the SID of a messaging service or ``None``;
        *segments* counts the message's segments and is only called if a limit goes by them. For *waiting* see
        `Waiting`.

        Raises `LocalRateLimitError`, with `retry_after_seconds`, if the message is not to wait, before it waits if
        the known wait ends after the deadline, and when it is told to stop; `ValidationError` if it can never pass.
        """


class Fill(NamedTuple):
    """What one bucket holds at a moment."""

    limit: str
    key: str  # a whole number, where the limit is of a recipient or a sender
    tokens: float
    waiting: int

    def __repr__(self) -> str:
        return f"Fill({self.limit}: {self.tokens:g} tokens, {self.waiting} waiting)"


class _HoldUp(NamedTuple):
    """What holds a message up longest."""

    limit: str
    turnstile: Turnstile
    tokens: int
    wait_ns: int


class _Waiter:
    """Stands in one line at most."""

    __slots__ = ("place", "ticket")

    def __init__(self, ticket: int) -> None:
        self.ticket = ticket
        self.place: Turnstile | None = None

    def stand(self, hold_up: _HoldUp) -> None:
        if self.place is not hold_up.turnstile:
            self.leave()
        self.place = hold_up.turnstile
        self.place.join(self.ticket, hold_up.tokens)

    def leave(self) -> None:
        if self.place is not None:
            self.place.leave(self.ticket)


class RateLimiter:
    """The limits of one process; many threads may share it. A forked child begins with empty buckets.

    *on_hold_up* is told of each message that cannot leave at once, in the message's thread: which kind of limit it is.
    """

    def __init__(self, limits: RateLimits, clock: Clock, on_hold_up: OnHoldUp = ignore_hold_up) -> None:
        self._limits = limits
        self._on_hold_up = on_hold_up
        self._monotonic_ns = clock.monotonic_ns
        self._sleep = clock.sleep
        self._turnstiles = {name: Turnstiles(rate, limits.max_recipients) for name, rate in limits.rates().items()}
        self._tickets = count()
        self._lock = Lock()
        tell_of_forks(self)

    def acquire(
        self, recipient: str, sender: str | None, segments: Callable[[], int], **waiting: Unpack[Waiting]
    ) -> float:
        """As `Limiter.acquire` says."""
        claims = self._limits.claims(recipient, sender, segments)
        with self._lock:
            ticket = next(self._tickets)
            now_ns = self._monotonic_ns()  # under the lock, so that it is the moment of what is decided here
            hold_up = self._pass(claims, ticket, now_ns)
        if hold_up is None:
            return 0.0
        self._on_hold_up(KINDS[hold_up.limit])
        patience = Patience.of(self._limits.on_limit, **waiting)
        patience.check(hold_up.limit, hold_up.wait_ns, now_ns)
        return (self._wait(claims, _Waiter(ticket), patience) - now_ns) / NS_PER_SECOND

    def snapshot(self) -> list[Fill]:
        """Return what each bucket that is in memory holds, for diagnosis; one that is not is full."""
        with self._lock:
            now_ns = self._monotonic_ns()
            return [
                Fill(limit=name, key=key, tokens=float(gate.bucket.tokens(now_ns)), waiting=gate.waiting)
                for name, turnstiles in self._turnstiles.items()
                for key, gate in turnstiles.items()
            ]

    def begin_anew(self) -> None:
        """Start with no tokens, which the parent goes on spending, and with nobody in line."""
        self._lock = Lock()
        now_ns = self._monotonic_ns()
        for turnstiles in self._turnstiles.values():
            turnstiles.begin_empty(now_ns)

    def _wait(self, claims: list[Claim], waiter: _Waiter, patience: Patience) -> int:
        """Stand in line until all tokens are taken; return the moment of that."""
        try:
            while True:
                with self._lock:
                    now_ns = self._monotonic_ns()
                    hold_up = self._pass_or_stand(claims, waiter, now_ns)
                if hold_up is None:
                    return now_ns
                patience.check(hold_up.limit, hold_up.wait_ns, now_ns)
                self._sleep(min(hold_up.wait_ns, LONGEST_NAP_NS) / NS_PER_SECOND)
        except BaseException:  # an interrupt, too, must not leave a place behind for which all others wait
            with self._lock:
                waiter.leave()
            raise

    def _pass_or_stand(self, claims: list[Claim], waiter: _Waiter, now_ns: int) -> _HoldUp | None:
        hold_up = self._pass(claims, waiter.ticket, now_ns)
        if hold_up is None:
            waiter.leave()
        else:
            waiter.stand(hold_up)
        return hold_up

    def _pass(self, claims: list[Claim], ticket: int, now_ns: int) -> _HoldUp | None:
        """Take all tokens, or none and return what holds them up longest. The lock is held."""
        hold_up, longest_ns = None, 0
        takings = []
        for limit, key, tokens in claims:
            turnstile = self._turnstiles[limit].get(key, now_ns)
            wait_ns = turnstile.wait_ns(tokens, ticket, now_ns)
            if wait_ns > longest_ns:
                hold_up, longest_ns = _HoldUp(limit, turnstile, tokens, wait_ns), wait_ns
            takings.append((turnstile.bucket, tokens))
        if hold_up is None:
            for bucket, tokens in takings:
                bucket.take(tokens)
        return hold_up
