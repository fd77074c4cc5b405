"""Metrics for Prometheus; needs the package prometheus_client.

A child is bound when its labels first appear and held, since looking it up costs four times as much as counting. A
registry takes each name once, but a process may have several clients: the second finds the collectors of the first and
counts into them.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Generic, TypeVar

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram

from twilio_sms.errors import ValidationError
from twilio_sms.observability.metrics import HELP, LABELS, Labels, Metric

C = TypeVar("C", Counter, Gauge, Histogram)

# From a kept connection nearby up to the longest call: 30 seconds, unless a total timeout says otherwise.
_BUCKETS_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_DURATIONS = frozenset({Metric.SEND_LATENCY})
_LEVELS = frozenset({Metric.BREAKERS})


class PrometheusMetrics:
    """Counts into a registry, the default one if none is given.

    Raises `ValidationError` if the registry has other metrics under these names.
    """

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        chosen = registry if registry is not None else REGISTRY
        histogram = partial(Histogram, buckets=_BUCKETS_SECONDS)
        self._counts = _Children(Counter, Counter, chosen, frozenset(Metric) - _DURATIONS - _LEVELS)
        self._durations = _Children(Histogram, histogram, chosen, _DURATIONS)
        self._levels = _Children(Gauge, Gauge, chosen, _LEVELS)

    def count(self, metric: Metric, labels: Labels) -> None:
        self._counts.get(metric, labels).inc()

    def observe(self, metric: Metric, labels: Labels, seconds: float) -> None:
        self._durations.get(metric, labels).observe(seconds)

    def shift(self, metric: Metric, labels: Labels, by: int) -> None:
        self._levels.get(metric, labels).inc(by)


class _Children(Generic[C]):
    """The children of all metrics of one kind, each bound once."""

    def __init__(
        self, kind: type[C], make: Callable[..., C], registry: CollectorRegistry, metrics: Iterable[Metric]
    ) -> None:
        self._collectors: dict[Metric, C] = {metric: _collector(kind, make, metric, registry) for metric in metrics}
        self._bound: dict[tuple[Metric, Labels], C] = {}

    def get(self, metric: Metric, labels: Labels) -> C:
        child = self._bound.get((metric, labels))
        if child is None:  # two threads may bind it at once: both get the same one
            collector = self._collectors[metric]
            child = self._bound[metric, labels] = collector.labels(*labels) if labels else collector
        return child


def _collector(kind: type[C], make: Callable[..., C], metric: Metric, registry: CollectorRegistry) -> C:
    """Register a metric, or return the one that another client registered before."""
    try:
        return make(metric.value, HELP[metric], LABELS[metric], registry=registry)
    except ValueError:  # asked for and refused in one step, so that of two threads one registers it
        return _registered(kind, metric, registry)


def _registered(kind: type[C], metric: Metric, registry: CollectorRegistry) -> C:
    found = registry._names_to_collectors.get(metric.value)  # noqa: SLF001 - a registry has no public look-up
    if not isinstance(found, kind) or found._labelnames != LABELS[metric]:  # noqa: SLF001 - nor a metric its labels
        raise ValidationError(f"the registry has another metric {metric}: give the client a registry of its own")
    return found
