"""Which callbacks came, when, and how often; who waits is woken.

A callback is a message's SID and a status. Of so many as may be remembered the oldest make room; what comes again after
that counts as new, so the counts say how many were forgotten: they agree with others to the message while that is none.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable
from threading import Event, Lock
from typing import NamedTuple

MOST = 500_000  # some 150 MB of callbacks

Key = tuple[str, str]  # SID, status


class Arrival(NamedTuple):
    """One callback that came: how long ago it came first, in seconds, and how many times in all."""

    seconds_ago: float
    times: int


class Counts(NamedTuple):
    """What came until now."""

    callbacks: int  # repeats included
    repeats: int
    by_status: dict[str, int]  # without repeats
    forgotten: int


class CallbackBook:
    """Notes callbacks, of which it remembers *most*; many threads may."""

    def __init__(self, monotonic: Callable[[], float], most: int = MOST) -> None:
        self._monotonic = monotonic
        self._most = most
        self._lock = Lock()
        self._came: OrderedDict[Key, tuple[float, int]] = OrderedDict()  # when first, how often
        self._awaited: dict[Key, list[Event]] = {}
        self._by_status: Counter[str] = Counter()
        self._repeats = self._forgotten = 0

    def note(self, sid: str, status: str) -> None:
        """Note that a callback came at this moment."""
        key, now = (sid, status), self._monotonic()
        with self._lock:
            first_at, times = self._came.get(key, (now, 0))
            self._came[key] = (first_at, times + 1)
            if times:
                self._repeats += 1
                return
            self._by_status[status] += 1
            self._make_room()
            waiting = self._awaited.pop(key, ())
        for event in waiting:
            event.set()

    def wait_for(self, sid: str, status: str, seconds: float) -> Arrival | None:
        """Return a callback as soon as it has come; ``None`` if that takes longer than *seconds*."""
        key, woken = (sid, status), Event()
        with self._lock:
            if key not in self._came:
                self._awaited.setdefault(key, []).append(woken)
        arrival = self._find(key)
        if arrival is None:
            woken.wait(seconds)
            arrival = self._find(key)
            self._wait_no_more(key, woken)
        return arrival

    def counts(self) -> Counts:
        with self._lock:
            callbacks = sum(self._by_status.values()) + self._repeats
            return Counts(callbacks, self._repeats, dict(sorted(self._by_status.items())), self._forgotten)

    def _make_room(self) -> None:
        if len(self._came) > self._most:
            self._came.popitem(last=False)
            self._forgotten += 1

    def _find(self, key: Key) -> Arrival | None:
        now = self._monotonic()
        with self._lock:
            came = self._came.get(key)
        return None if came is None else Arrival(max(0.0, now - came[0]), came[1])

    def _wait_no_more(self, key: Key, woken: Event) -> None:
        with self._lock:
            waiting = self._awaited.get(key, [])
            if woken in waiting:
                waiting.remove(woken)
            if not waiting:
                self._awaited.pop(key, None)
