"""Whether Redis answers; while it does not, nobody waits for it.

The first call that gets no answer begins an outage: a warning in the log, and from then on each call is told at once
that Redis is gone, so that only one waited for it. Twice a second one caller, whoever comes, asks whether it is back.
No thread is needed for that, and without callers there is nothing to come back for. It asks by writing: a replica, or
a server whose memory or disk is full, answers and yet does not do what it is there for.

Each loss and each return begins a new *spell*, counted from 0: even while Redis answers, odd while it does not. What a
call learned belongs to the spell in which it began, so a failure that comes late begins no second outage.
"""

import logging
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Protocol, TypeVar

from twilio_sms.clock import Clock
from twilio_sms.forks import tell_of_forks
from twilio_sms.resilience.token_bucket import NS_PER_SECOND
from twilio_sms.stores.redis_script import Script, read_text

T = TypeVar("T")
PROBE_NS = NS_PER_SECOND // 2
# After so long every process that has something to ask has found out too: a probe, its timeout, and a nap before it.
FOUND_BY_ALL_NS = NS_PER_SECOND
PROBE = Script("return redis.call('SET', KEYS[1], '1', 'PX', 1000)['ok']", read_text)
_log = logging.getLogger("twilio_sms")


class RedisGone(Exception):  # noqa: N818 - no error of a caller: it says that something else takes over
    """Redis did not do what it was asked, or may not have."""


class Connection(Protocol):
    """The way to a server. Each method raises `RedisGone` if no answer came, or none that can be used."""

    def run(self, script: Script[T], keys: Sequence[str], arguments: Sequence[str | int]) -> T:
        """Run *script* and return what it reads of the answer."""

    def setting(self, name: str) -> str | None:
        """Return what the server is set to, or ``None`` if it does not tell."""


class RedisServer:
    """One Redis, for all parts of a process that use it; any number of threads may share it.

    *probe_key* is written to find out whether the server is back.
    """

    def __init__(self, connection: Connection, clock: Clock, probe_key: str) -> None:
        self._connection = connection
        self._probe_key = probe_key
        self._monotonic_ns = clock.monotonic_ns
        self._spell = 0
        self._probe_ns = 0
        self._found_ns: int | None = None
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        self._lock = Lock()

    @property
    def spell(self) -> int:
        """How often Redis was lost or found; even while it answers."""
        return self._spell

    def run(self, script: Script[T], keys: Sequence[str], *arguments: str | int, insist: bool = False) -> T:
        """Run *script*; raise `RedisGone`, and at once in an outage, unless *insist* asks to try all the same."""
        return self._ask(lambda: self._connection.run(script, keys, arguments), insist=insist)

    def setting(self, name: str) -> str | None:
        """Return what the server is set to, or ``None`` if it does not tell; raise `RedisGone`, but try in any case."""
        return self._ask(lambda: self._connection.setting(name), insist=True)

    def is_up(self) -> bool:
        """Whether Redis answers as far as is known. In an outage a caller in half a second finds out, and waits."""
        spell = self._spell
        if spell % 2 == 0:
            return True
        if not self._is_my_probe():
            return False
        try:
            self._connection.run(PROBE, [self._probe_key], ())
        except RedisGone:
            return False
        self._found(spell)
        return True

    def is_just_back(self) -> bool:
        """Whether Redis answers again, but other processes may not have found out yet."""
        return self._found_ns is not None and self._monotonic_ns() < self._found_ns + FOUND_BY_ALL_NS

    def _ask(self, question: Callable[[], T], *, insist: bool) -> T:
        if not insist and not self.is_up():
            raise RedisGone("Redis is gone")
        spell = self._spell
        try:
            reply = question()
        except RedisGone as trouble:
            self._lost(spell, trouble)
            raise
        self._found(spell)
        return reply

    def _is_my_probe(self) -> bool:
        with self._lock:
            now_ns = self._monotonic_ns()
            if now_ns < self._probe_ns:
                return False
            self._probe_ns = now_ns + PROBE_NS
            return True

    def _lost(self, spell: int, trouble: RedisGone) -> None:
        if spell % 2 == 0 and self._begin_spell(spell):
            _log.warning("Redis is gone, so this process goes on with its own share of the limits: %s", trouble)

    def _found(self, spell: int) -> None:
        if spell % 2 == 1 and self._begin_spell(spell):
            _log.warning("Redis is back: limits, breaker and quota are shared again")

    def _begin_spell(self, after: int) -> bool:
        """End the spell *after*, unless that is over."""
        with self._lock:
            if self._spell != after:
                return False
            self._spell += 1
            now_ns = self._monotonic_ns()
            self._probe_ns = now_ns + PROBE_NS
            self._found_ns = now_ns if self._spell % 2 == 0 else None
            return True
