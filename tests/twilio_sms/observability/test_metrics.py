"""Every metric has a help text and labels from closed lists."""

import re

import pytest

from twilio_sms.domain.status import Status
from twilio_sms.observability.metrics import HELP, LABELS, VALUES, Metric, NullMetrics


@pytest.mark.parametrize("metric", Metric, ids=str)
def test_a_metric_is_described_and_its_labels_are_listed(metric):
    assert HELP[metric].endswith(".")
    assert set(LABELS[metric]) <= set(VALUES)
    assert re.fullmatch(r"twilio_[a-z_]+", metric)


def test_the_labels_are_these_and_no_others():
    assert set(VALUES) == {"operation", "outcome", "status", "error_code", "limit", "state"}


def test_no_metric_can_have_many_children():
    def children(metric: Metric) -> int:
        product = 1
        for label in LABELS[metric]:
            product *= len(VALUES[label]) + 1
        return product

    assert {metric: children(metric) for metric in Metric if children(metric) > 200}.keys() == {Metric.DELIVERY_STATUS}


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("error_code", "30007"),
        ("error_code", "21610"),
        ("error_code", "none"),
        ("status", Status.UNDELIVERED),
        ("outcome", "gated:opt_out"),
        ("operation", "send_sms"),
        ("limit", "twilio"),
        ("state", "half-open"),
    ],
)
def test_a_value_that_matters_is_on_its_list(label, value):
    assert value in VALUES[label]


def test_what_counts_nothing_takes_everything():
    metrics = NullMetrics()

    assert metrics.count(Metric.MESSAGES_SENT, ("queued",)) is None
    assert metrics.observe(Metric.SEND_LATENCY, ("send_sms", "accepted"), 0.1) is None
    assert metrics.shift(Metric.BREAKERS, ("open",), 1) is None
