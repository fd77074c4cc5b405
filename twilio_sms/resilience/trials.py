"""Who may go out while a breaker is half-open.

There are so many places. A trial that passes has used its place up; one that says nothing frees it for another call.
One that never comes back (its thread died, a signal hit between permit and call) is given up after a while, which frees
its place too. This watchdog needs no thread: it is enough to look when the next call asks.

A signal handler may raise between any two lines. So how many places are free is worked out and not kept: between two
numbers that must agree there would be a moment at which they do not, and for ever if it is then that the signal hits.
"""

from typing import NamedTuple

NS = 1_000_000_000
_ANSWERS_SECONDS = 1.0  # most calls take less
_ANSWERS_SHARE = 1 / 4  # of the open time: a wait for trials must not be what a recovery takes


class Permit(NamedTuple):
    """Leave for one call to go out; note its outcome once."""

    epoch: int
    trial: int | None = None  # which trial of the epoch, from 1 on; none while the breaker is closed


def ask_again_seconds(open_seconds: float) -> float:
    """Return after how long it is worth asking again while trials are out, for a breaker that opens for so long."""
    return min(_ANSWERS_SECONDS, open_seconds * _ANSWERS_SHARE)


class Trials:
    """The trials of one epoch, each known by its permit. Not for threads: the breaker's lock guards it.

    *ask_again_seconds* is how long who finds no place is told to wait at most.
    """

    def __init__(self, epoch: int, places: int, max_out_seconds: float, ask_again_seconds: float) -> None:
        self._epoch = epoch
        self._places = places
        self._max_out_ns = round(max_out_seconds * NS)
        self._ask_again_seconds = ask_again_seconds
        self._begun = 0
        self._passed = 0
        self._out: dict[Permit, int] = {}  # the oldest first, and when each is given up

    def begin(self, now_ns: int) -> Permit | None:
        """Take a place, or that of a trial that is overdue; return nothing if there is none."""
        self._give_up_overdue(now_ns)
        if self._passed == self._places:  # all passed, and a signal hit before the breaker closed
            self._passed = 0
        if not self._free_places:
            return None
        self._begun += 1
        permit = Permit(self._epoch, self._begun)
        self._out[permit] = now_ns + self._max_out_ns
        return permit

    def is_out(self, permit: Permit) -> bool:
        return permit in self._out

    def free(self, permit: Permit) -> None:
        """Give the place of a trial that is out to another call."""
        del self._out[permit]

    def use_up(self, permit: Permit) -> bool:
        """Take a trial that is out as passed; return whether it was the last one wanted."""
        del self._out[permit]
        self._passed += 1
        return self._passed == self._places

    def wait_seconds(self, now_ns: int) -> float:
        """How long until asking again is of use."""
        if self._free_places or not self._out:
            return 0.0
        first_ns = next(iter(self._out.values()))
        return min(self._ask_again_seconds, max(0, first_ns - now_ns) / NS)

    @property
    def _free_places(self) -> int:
        return self._places - self._passed - len(self._out)

    def _give_up_overdue(self, now_ns: int) -> None:
        for permit in [permit for permit, due_ns in self._out.items() if due_ns <= now_ns]:
            self.free(permit)
