"""Virtual time for many threads, the same in every run.

One thread runs at a time. Who sleeps hands its turn on to the one that wakes first, and time jumps to when that is; of
those that wake together the one that fell asleep first goes first.
"""

import math
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from threading import Event, Thread

START = datetime(2026, 1, 1, tzinfo=UTC)


class TurnClock:
    """The clock of threads that it runs itself; needs no lock, since only the one whose turn it is touches it."""

    def __init__(self) -> None:
        self._now_ns = 0
        self._order = count()
        self._sleepers: list[tuple[int, int, Event]] = []

    def run(self, jobs: Iterable[Callable[[], None]]) -> None:
        """Run each of *jobs* in a thread of its own, and return when all have ended."""
        threads = [Thread(target=self._take_part, args=(job, self._fall_asleep(0))) for job in jobs]
        for thread in threads:
            thread.start()
        self._hand_on()
        for thread in threads:
            thread.join()

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return self._now_ns / 1e9

    def monotonic_ns(self) -> int:
        return self._now_ns

    def sleep(self, seconds: float) -> None:
        turn = self._fall_asleep(math.ceil(seconds * 1e9))
        self._hand_on()
        turn.wait()

    def _take_part(self, job: Callable[[], None], turn: Event) -> None:
        turn.wait()
        try:
            job()
        finally:
            self._hand_on()

    def _fall_asleep(self, duration_ns: int) -> Event:
        turn = Event()
        heappush(self._sleepers, (self._now_ns + duration_ns, next(self._order), turn))
        return turn

    def _hand_on(self) -> None:
        if self._sleepers:
            self._now_ns, _order, turn = heappop(self._sleepers)
            turn.set()
