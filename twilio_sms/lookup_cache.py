"""What lookups told, for a time: packages cost money.

Only answers are kept, never errors, and of answers only those that stay true for a while: not one whose package came
with an error code, which may be gone a moment later, and none about a swapped SIM or forwarded calls. Who asks for
those wants to stop a fraud that happens now.

Who asked before `forget` may come back after it, with what should be forgotten. So each `forget` raises the generation,
and an answer is kept only if its generation is still the current one.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from twilio_sms.clock import Clock
from twilio_sms.domain.lookup import Lookup
from twilio_sms.domain.lookup_query import LookupQuery
from twilio_sms.forks import tell_of_forks

MAX_LOOKUPS = 4096  # with two packages each they have 16 MB
OF_THE_MOMENT = frozenset({"sim_swap", "call_forwarding"})


class _Entry(NamedTuple):
    lookup: Lookup
    expires: float  # on the monotonic clock


class LookupCache:
    """The last *max_lookups* answers, each for *keep_seconds*; 0 seconds switches it off. Threads may share it."""

    def __init__(self, clock: Clock, keep_seconds: float, max_lookups: int = MAX_LOOKUPS) -> None:
        self._clock = clock
        self._keep_seconds = keep_seconds
        self._max_lookups = max_lookups
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Be empty; runs in a child process, too: another thread may have been at work while it forked."""
        self._lock = Lock()
        self._generation = 0
        self._entries: OrderedDict[LookupQuery, _Entry] = OrderedDict()  # what was used longest ago comes first

    def get(self, query: LookupQuery, ask: Callable[[], Lookup]) -> Lookup:
        """Return what was told of *query*, or what *ask* returns; that is kept if it will stay true for a while."""
        kept = self._find(query)
        if kept is not None:
            return kept
        with self._lock:
            generation = self._generation
        expires = self._clock.monotonic() + self._keep_seconds  # from before the request: it may take long
        lookup = ask()
        if self._keep_seconds > 0 and not query.packages & OF_THE_MOMENT and not lookup.has_failed_packages:
            self._keep(query, _Entry(lookup, expires), generation)
        return lookup

    def forget(self, number: str) -> None:
        """Drop what is known of *number*, as `read_number` has it, and what is being asked just now."""
        with self._lock:
            self._generation += 1
            kept = self._entries.items()
            about = [query for query, entry in kept if number in (query.number, entry.lookup.phone_number)]
            for query in about:
                del self._entries[query]

    def _find(self, query: LookupQuery) -> Lookup | None:
        now = self._clock.monotonic()
        with self._lock:
            entry = self._entries.get(query)
            if entry is None:
                return None
            if now >= entry.expires:
                del self._entries[query]
                return None
            self._entries.move_to_end(query)
            return entry.lookup

    def _keep(self, query: LookupQuery, entry: _Entry, generation: int) -> None:
        with self._lock:
            if generation != self._generation:
                return
            self._entries[query] = entry
            self._entries.move_to_end(query)
            while len(self._entries) > self._max_lookups:
                self._entries.popitem(last=False)
