"""What a process of a load has seen: how long things took and how often they happened, by name.

Each worker of Locust has a tally and now and then sends what is in it to the master, which adds it up. What is sent is
taken out in the same moment, so that it is sent once: nothing is counted twice, and what comes meanwhile goes next.
"""

from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import Any

from fake_twilio.load.histogram import Histogram


class Tally:
    """Durations and counts by name; any number of threads may share one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._histograms: dict[str, Histogram] = {}
        self._counts: Counter[str] = Counter()

    def record(self, name: str, seconds: float) -> None:
        """Note that *name* took so long once; raises `ValueError` for a duration that is none."""
        with self._lock:
            self._histogram(name).record(seconds)

    def count(self, name: str, by: int = 1) -> None:
        """Note that *name* happened *by* times more."""
        with self._lock:
            self._counts[name] += by

    def histogram(self, name: str) -> Histogram:
        """Return a copy of what was noted of *name*; empty if nothing was."""
        with self._lock:
            return _copy(self._histograms.get(name, Histogram()))

    def counted(self, name: str) -> int:
        """Return how often *name* happened."""
        with self._lock:
            return self._counts[name]

    @property
    def measures(self) -> tuple[str, ...]:
        """The names of what was measured in time, sorted."""
        with self._lock:
            return tuple(sorted(name for name, each in self._histograms.items() if each.count))

    @property
    def counts(self) -> dict[str, int]:
        """How often what happened, sorted by name."""
        with self._lock:
            return dict(sorted(self._counts.items()))

    def absorb(self, tree: Mapping[str, Any]) -> None:
        """Add another tally's tree; raises `ValueError`, and adds nothing, if it is none."""
        histograms, counts = _parsed(tree)
        with self._lock:
            for name, histogram in histograms.items():
                self._histogram(name).absorb(histogram)
            self._counts.update(counts)

    def to_tree(self) -> dict[str, Any]:
        """Return what is in it, in plain values that JSON can carry."""
        with self._lock:
            return _tree_of(self._histograms, self._counts)

    def empty(self) -> dict[str, Any]:
        """Take out what is in it and return it as `to_tree` does."""
        with self._lock:
            histograms, self._histograms = self._histograms, {}
            counts, self._counts = self._counts, Counter()
        return _tree_of(histograms, counts)

    def _histogram(self, name: str) -> Histogram:
        return self._histograms.setdefault(name, Histogram())


def _copy(histogram: Histogram) -> Histogram:
    made = Histogram()
    made.absorb(histogram)
    return made


def _tree_of(histograms: Mapping[str, Histogram], counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "histograms": {name: histogram.to_tree() for name, histogram in sorted(histograms.items())},
        "counts": dict(sorted(counts.items())),
    }


def _parsed(tree: Mapping[str, Any]) -> tuple[dict[str, Histogram], dict[str, int]]:
    try:
        histograms = {str(name): Histogram.from_tree(each) for name, each in tree["histograms"].items()}
        return histograms, {str(name): int(number) for name, number in tree["counts"].items()}
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"wanted a tally's tree, got another one: {type(error).__name__}") from None
