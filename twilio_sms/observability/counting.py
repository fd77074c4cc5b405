"""Metrics in memory: for tests, and for programs without a collector."""

from dataclasses import dataclass
from threading import Lock

from twilio_sms.forks import tell_of_forks
from twilio_sms.observability.metrics import Labels, Metric


@dataclass(frozen=True, slots=True)
class Durations:
    """What was measured under one set of labels."""

    count: int = 0
    total_seconds: float = 0.0
    longest_seconds: float = 0.0

    def with_one_more(self, seconds: float) -> "Durations":
        return Durations(self.count + 1, self.total_seconds + seconds, max(self.longest_seconds, seconds))


class CountingMetrics:
    """Counts in memory, exactly, from any number of threads. A forked child begins at zero."""

    def __init__(self) -> None:
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Forget what was counted."""
        self._lock = Lock()
        self._counts: dict[tuple[Metric, Labels], int] = {}
        self._durations: dict[tuple[Metric, Labels], Durations] = {}

    def count(self, metric: Metric, labels: Labels) -> None:
        self.shift(metric, labels, 1)

    def shift(self, metric: Metric, labels: Labels, by: int) -> None:
        with self._lock:
            self._counts[metric, labels] = self._counts.get((metric, labels), 0) + by

    def observe(self, metric: Metric, labels: Labels, seconds: float) -> None:
        with self._lock:
            known = self._durations.get((metric, labels), Durations())
            self._durations[metric, labels] = known.with_one_more(seconds)

    def value(self, metric: Metric, *labels: str) -> int:
        """Return a count or a level; 0 if there was nothing. *labels* are values, in the order of `metrics.LABELS`."""
        with self._lock:
            return self._counts.get((metric, labels), 0)

    def durations(self, metric: Metric, *labels: str) -> Durations:
        """Return what was measured."""
        with self._lock:
            return self._durations.get((metric, labels), Durations())

    def counts(self) -> dict[tuple[Metric, Labels], int]:
        """Return all counts and levels that there are."""
        with self._lock:
            return dict(self._counts)
