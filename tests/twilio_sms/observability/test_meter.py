"""What is counted has labels from the lists, whatever came."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.observability.counting import CountingMetrics
from twilio_sms.observability.guard import Guard
from twilio_sms.observability.meter import Meter
from twilio_sms.observability.metrics import LABELS, VALUES, Metric
from twilio_sms.observability.outcomes import Outcome


def _meter(metrics) -> Meter:
    return Meter(metrics, Guard(logging.getLogger("twilio_sms")))


@pytest.mark.parametrize(
    ("happen", "metric", "labels"),
    [
        pytest.param(lambda meter: meter.sent("queued"), Metric.MESSAGES_SENT, ("queued",), id="sent"),
        pytest.param(lambda meter: meter.sent("new word"), Metric.MESSAGES_SENT, ("other",), id="sent, a new status"),
        pytest.param(lambda meter: meter.received(), Metric.MESSAGES_RECEIVED, (), id="received"),
        pytest.param(
            lambda meter: meter.rate_limit_hit("recipient"), Metric.RATE_LIMIT_HITS, ("recipient",), id="our limit"
        ),
        pytest.param(
            lambda meter: meter.rate_limit_hit("+15551234567"), Metric.RATE_LIMIT_HITS, ("other",), id="a number"
        ),
        pytest.param(
            lambda meter: meter.delivery("failed", 30007), Metric.DELIVERY_STATUS, ("failed", "30007"), id="filtered"
        ),
        pytest.param(
            lambda meter: meter.delivery("delivered", None), Metric.DELIVERY_STATUS, ("delivered", "none"), id="arrived"
        ),
        pytest.param(
            lambda meter: meter.delivery("failed", 99999), Metric.DELIVERY_STATUS, ("failed", "other"), id="new code"
        ),
        pytest.param(lambda meter: meter.retried("send_sms"), Metric.RETRIES, ("send_sms",), id="retry"),
    ],
)
def test_what_happens_is_counted_once(happen, metric, labels):
    metrics = CountingMetrics()

    happen(_meter(metrics))

    assert metrics.counts() == {(metric, labels): 1}


def test_a_duration_is_noted_under_operation_and_outcome():
    metrics = CountingMetrics()

    _meter(metrics).took("send_sms", Outcome.REJECTED, 0.25)

    assert metrics.durations(Metric.SEND_LATENCY, "send_sms", "rejected").total_seconds == 0.25


def test_a_breaker_is_in_one_state_at_a_time():
    metrics = CountingMetrics()
    meter = _meter(metrics)

    for before, after in ((None, "closed"), ("closed", "open"), (None, "closed"), ("open", "half-open")):
        meter.breaker_moved(before, after)

    states = {state: metrics.value(Metric.BREAKERS, state) for state in ("closed", "open", "half-open")}
    assert states == {"closed": 1, "open": 0, "half-open": 1}


def test_a_breaker_that_is_given_up_is_in_no_state():
    metrics = CountingMetrics()
    meter = _meter(metrics)

    meter.breaker_moved(None, "open")
    meter.breaker_moved("open", None)

    assert set(metrics.counts().values()) == {0}


@given(text=st.text(), code=st.integers())
def test_nothing_open_ever_becomes_a_label(text, code):
    metrics = CountingMetrics()
    meter = _meter(metrics)

    meter.sent(text)
    meter.delivery(text, code)
    meter.retried(text)
    meter.breaker_moved(None, text)

    for metric, labels in metrics.counts():
        for name, value in zip(LABELS[metric], labels, strict=True):
            assert value in VALUES[name] | {"other"}


def test_metrics_that_raise_stop_nothing(caplog):
    class Broken:
        def count(self, *_: object) -> None:
            raise OSError("the collector is gone")

        observe = shift = count

    meter = _meter(Broken())
    meter.sent("queued")
    meter.took("send_sms", Outcome.ACCEPTED, 0.1)
    meter.breaker_moved("closed", "open")

    assert [record.args for record in caplog.records] == [("metrics", "OSError")]


def test_what_are_no_metrics_fails_where_it_is_handed_in():
    with pytest.raises(AttributeError, match="count"):
        _meter(object())
