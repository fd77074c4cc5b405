"""Whether a Redis may keep what must not get lost.

As it is installed, Redis writes to disk now and then, and drops keys when its memory is full: a STOP that was confirmed
could be gone. With ``appendonly yes`` and ``appendfsync always`` it answers only when a write is on disk (redis.io,
"Redis persistence"), and ``noeviction``, or a policy for keys that expire, drops none of ours (redis.io, "Key
eviction"). None of it covers a failover: a replica may lack the last writes.
"""

from collections.abc import Mapping

WANTED: Mapping[str, frozenset[str]] = {
    "appendonly": frozenset({"yes"}),
    "appendfsync": frozenset({"always"}),
    "maxmemory-policy": frozenset({"noeviction", "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"}),
}
_ADVICE = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}


def find_risk(settings: Mapping[str, str | None]) -> str | None:
    """Return how opt-outs can get lost with these settings and what to do, or ``None`` if they cannot.

    *settings* has the names of `WANTED`; ``None`` is a setting that the server does not tell.
    """
    wrong = [name for name, wanted in WANTED.items() if settings[name] not in wanted]
    if not wrong:
        return None
    found = ", ".join(f"{name} is {settings[name] or 'not told'}" for name in wrong)
    advice = ", ".join(f"{name} {_ADVICE[name]}" for name in wrong)
    return (
        f"opt-outs can get lost in this Redis ({found}): set {advice} in redis.conf, or keep the list elsewhere with"
        " Client(opt_outs='opt-outs.db'), or say RedisShared(..., allow_loss=True) where loss does not matter"
    )
