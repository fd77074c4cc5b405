"""Whether a Redis may keep what must not get lost.

As it is installed, Redis writes to disk now and then, and drops keys when its memory is full: a STOP that was confirmed
could be gone. With ``appendonly yes`` and ``appendfsync always`` it answers only when a write is on disk (redis.io,
"Redis persistence"). ``noeviction`` drops no key, and a policy for keys that expire drops none that do not (redis.io,
"Key eviction"). None of it covers a failover: a replica may lack the last writes.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from twilio_sms.errors import Evidence, TwilioError
from twilio_sms.stores.redis_script import Script
from twilio_sms.stores.redis_server import RedisGone, RedisServer

T = TypeVar("T")
_ON_DISK: Mapping[str, frozenset[str]] = {"appendonly": frozenset({"yes"}), "appendfsync": frozenset({"always"})}
_FOR_KEYS_THAT_EXPIRE = frozenset({"volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"})
_ADVICE = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}


class Treasure(NamedTuple):
    """What must not get lost, the settings that keep it, and where else it can be kept."""

    name: str
    wanted: Mapping[str, frozenset[str]]
    elsewhere: str


OPT_OUTS = Treasure(
    "opt-outs",
    {**_ON_DISK, "maxmemory-policy": frozenset({"noeviction"}) | _FOR_KEYS_THAT_EXPIRE},
    "keep the list elsewhere with Client(opt_outs='opt-outs.db')",
)
WEBHOOKS = Treasure(  # whose keys expire
    "what webhooks were seen",
    {**_ON_DISK, "maxmemory-policy": frozenset({"noeviction"})},
    "keep it elsewhere with SqliteWebhooks('webhooks.db')",
)


def find_risk(treasure: Treasure, settings: Mapping[str, str | None]) -> str | None:
    """Return how *treasure* can get lost with these settings and what to do, or ``None`` if it cannot.

    *settings* has the names that are wanted; ``None`` is a setting that the server does not tell.
    """
    wrong = [name for name, wanted in treasure.wanted.items() if settings[name] not in wanted]
    if not wrong:
        return None
    found = ", ".join(f"{name} is {settings[name] or 'not told'}" for name in wrong)
    advice = ", ".join(f"{name} {_ADVICE[name]}" for name in wrong)
    return (
        f"{treasure.name} can get lost in this Redis ({found}): set {advice} in redis.conf, or {treasure.elsewhere},"
        " or say RedisShared(..., allow_loss=True) where loss does not matter"
    )


class DurableServer:
    """A server that is asked, before it is used, whether it may lose *treasure*; raises *error* if it may."""

    def __init__(
        self, server: RedisServer, treasure: Treasure, error: type[TwilioError], *, allow_loss: bool = False
    ) -> None:
        self._server = server
        self._treasure = treasure
        self._error = error
        self._allows_loss = allow_loss
        self._durable_in = -1  # the spell of the server in which it was asked and is

    def run(self, script: Script[T], keys: Sequence[str], /, *arguments: str | int, insist: bool) -> T:
        """Run *script*; raise `RedisGone`, and at once in an outage, unless *insist* asks to try all the same."""
        if not insist and not self._server.is_up():
            raise RedisGone("Redis is gone")
        self.check()
        return self._server.run(script, keys, *arguments, insist=insist)

    def check(self, error: type[TwilioError] | None = None) -> None:
        """Ask the server how it is set, once in each spell; raise *error*, or the usual one, if it may lose things."""
        spell = self._server.spell
        if self._allows_loss or spell == self._durable_in:
            return
        risk = find_risk(self._treasure, {name: self._server.setting(name) for name in self._treasure.wanted})
        if risk:
            raise (error or self._error)(risk, Evidence(attempts=0))
        self._durable_in = spell
