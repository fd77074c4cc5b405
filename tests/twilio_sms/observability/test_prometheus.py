"""Prometheus counts exactly, and two clients count into one registry."""

from threading import Barrier, Thread

import pytest
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, generate_latest

from twilio_sms.errors import ValidationError
from twilio_sms.observability.metrics import LABELS, Metric
from twilio_sms.observability.prometheus import PrometheusMetrics

QUEUED = {"status": "queued"}
ACCEPTED = {"operation": "send_sms", "outcome": "accepted"}


@pytest.fixture
def registry() -> CollectorRegistry:
    """Give a registry of the test's own."""
    return CollectorRegistry()


def test_what_happens_is_in_the_registry(registry):
    metrics = PrometheusMetrics(registry)

    metrics.count(Metric.MESSAGES_SENT, ("queued",))
    metrics.count(Metric.MESSAGES_RECEIVED, ())
    metrics.shift(Metric.BREAKERS, ("open",), 1)
    metrics.observe(Metric.SEND_LATENCY, ("send_sms", "accepted"), 0.2)

    assert registry.get_sample_value("twilio_messages_sent_total", QUEUED) == 1
    assert registry.get_sample_value("twilio_messages_received_total") == 1
    assert registry.get_sample_value("twilio_circuit_breaker_state", {"state": "open"}) == 1
    assert registry.get_sample_value("twilio_send_latency_seconds_sum", ACCEPTED) == 0.2
    assert registry.get_sample_value("twilio_send_latency_seconds_bucket", {**ACCEPTED, "le": "0.1"}) == 0
    assert registry.get_sample_value("twilio_send_latency_seconds_bucket", {**ACCEPTED, "le": "0.25"}) == 1


@pytest.mark.parametrize("metric", Metric, ids=str)
def test_every_metric_appears_under_its_name(registry, metric):
    metrics = PrometheusMetrics(registry)
    labels = tuple(f"a {name}" for name in LABELS[metric])

    how = {Metric.SEND_LATENCY: "observe", Metric.BREAKERS: "shift"}.get(metric, "count")
    getattr(metrics, how)(metric, labels, *([] if how == "count" else [1]))

    name = f"{metric}_count" if how == "observe" else metric.value
    assert registry.get_sample_value(name, dict(zip(LABELS[metric], labels, strict=True))) == 1
    assert f"# TYPE {metric} " in generate_latest(registry).decode()


def test_two_clients_count_into_one_registry(registry):
    for metrics in (PrometheusMetrics(registry), PrometheusMetrics(registry)):
        metrics.count(Metric.MESSAGES_SENT, ("queued",))
        metrics.observe(Metric.SEND_LATENCY, ("send_sms", "accepted"), 0.2)
        metrics.shift(Metric.BREAKERS, ("open",), 1)

    assert registry.get_sample_value("twilio_messages_sent_total", QUEUED) == 2
    assert registry.get_sample_value("twilio_send_latency_seconds_count", ACCEPTED) == 2
    assert registry.get_sample_value("twilio_circuit_breaker_state", {"state": "open"}) == 2


def test_two_registries_do_not_meet(registry):
    PrometheusMetrics(CollectorRegistry()).count(Metric.MESSAGES_SENT, ("queued",))
    PrometheusMetrics(registry)

    assert registry.get_sample_value("twilio_messages_sent_total", QUEUED) is None


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            lambda registry: Gauge("twilio_messages_sent_total", "x", ["status"], registry=registry), id="another kind"
        ),
        pytest.param(
            lambda registry: Counter("twilio_messages_sent_total", "x", ["to"], registry=registry), id="other labels"
        ),
    ],
)
def test_a_registry_with_another_metric_of_that_name_is_refused(registry, other):
    other(registry)

    with pytest.raises(ValidationError, match="has another metric twilio_messages_sent_total"):
        PrometheusMetrics(registry)


def test_the_default_registry_is_that_of_the_process():
    before = REGISTRY.get_sample_value("twilio_messages_received_total") or 0

    PrometheusMetrics().count(Metric.MESSAGES_RECEIVED, ())

    assert REGISTRY.get_sample_value("twilio_messages_received_total") == before + 1


def test_clients_that_begin_at_once_share_what_one_of_them_registers(registry):
    together = Barrier(8)
    made: list[PrometheusMetrics] = []

    def begin() -> None:
        together.wait()
        metrics = PrometheusMetrics(registry)
        made.append(metrics)
        for _ in range(500):
            metrics.count(Metric.MESSAGES_SENT, ("queued",))

    threads = [Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 8
    assert registry.get_sample_value("twilio_messages_sent_total", QUEUED) == 4_000
