"""The client's clock, moved by hand; sleeping moves it."""

import math
from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 1, tzinfo=UTC)


class HandClock:
    """Stands still until it is moved; any number of threads may read it."""

    def __init__(self) -> None:
        self._passed_ns = 0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return self._passed_ns / 1e9

    def monotonic_ns(self) -> int:
        return self._passed_ns

    def sleep(self, seconds: float) -> None:
        self._passed_ns += math.ceil(seconds * 1e9)
