"""Counts in memory are exact, in every thread and after a fork."""

import os
import sys
from threading import Thread

import pytest

from twilio_sms.observability.counting import CountingMetrics, Durations
from twilio_sms.observability.metrics import Metric


def test_what_was_counted_is_there():
    metrics = CountingMetrics()

    metrics.count(Metric.MESSAGES_SENT, ("queued",))
    metrics.count(Metric.MESSAGES_SENT, ("queued",))
    metrics.shift(Metric.BREAKERS, ("open",), -1)

    assert metrics.value(Metric.MESSAGES_SENT, "queued") == 2
    assert metrics.value(Metric.BREAKERS, "open") == -1
    assert metrics.value(Metric.MESSAGES_SENT, "failed") == 0


def test_durations_are_summed_up():
    metrics = CountingMetrics()

    for seconds in (0.5, 2.0, 1.0):
        metrics.observe(Metric.SEND_LATENCY, ("send_sms", "accepted"), seconds)

    assert metrics.durations(Metric.SEND_LATENCY, "send_sms", "accepted") == Durations(3, 3.5, 2.0)
    assert metrics.durations(Metric.SEND_LATENCY, "send_sms", "rejected") == Durations()


def test_counts_that_were_given_out_stay_as_they_are():
    metrics = CountingMetrics()
    metrics.count(Metric.MESSAGES_RECEIVED, ())
    before = metrics.counts()

    metrics.count(Metric.MESSAGES_RECEIVED, ())

    assert before == {(Metric.MESSAGES_RECEIVED, ()): 1}


def test_a_forked_child_begins_at_zero_though_the_lock_was_held():
    metrics = CountingMetrics()
    metrics.count(Metric.MESSAGES_RECEIVED, ())

    with metrics._lock:
        metrics.begin_anew()

        assert metrics.value(Metric.MESSAGES_RECEIVED) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_process_counts_for_itself():
    metrics = CountingMetrics()
    metrics.count(Metric.MESSAGES_RECEIVED, ())

    child = os.fork()
    if not child:
        os._exit(metrics.value(Metric.MESSAGES_RECEIVED))

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert metrics.value(Metric.MESSAGES_RECEIVED) == 1


def _count_in_threads(metrics, threads: int = 8, times: int = 2_000) -> None:
    def count() -> None:
        for _ in range(times):
            metrics.count(Metric.MESSAGES_SENT, ("queued",))
            metrics.observe(Metric.SEND_LATENCY, ("send_sms", "accepted"), 1.0)

    running = [Thread(target=count) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


@pytest.fixture
def hasty_threads():
    """Let threads change as often as the interpreter can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty_threads")
def test_counts_from_many_threads_are_exact():
    metrics = CountingMetrics()

    _count_in_threads(metrics)

    assert metrics.value(Metric.MESSAGES_SENT, "queued") == 16_000
    assert metrics.durations(Metric.SEND_LATENCY, "send_sms", "accepted") == Durations(16_000, 16_000.0, 1.0)


class Watched(str):
    """A label that says, whenever it is looked up, whether the lock was held."""

    __slots__ = ("held", "metrics")

    def __hash__(self) -> int:
        self.held.append(self.metrics._lock.locked())
        return super().__hash__()


@pytest.mark.parametrize(
    "use",
    [
        lambda metrics, label: metrics.count(Metric.MESSAGES_SENT, (label,)),
        lambda metrics, label: metrics.observe(Metric.SEND_LATENCY, (label, "accepted"), 1.0),
        lambda metrics, label: metrics.value(Metric.MESSAGES_SENT, label),
        lambda metrics, label: metrics.durations(Metric.MESSAGES_SENT, label),
    ],
    ids=["count", "observe", "value", "durations"],
)
def test_whatever_is_looked_up_or_changed_is_under_the_lock(use):
    label = Watched("queued")
    label.metrics, label.held = CountingMetrics(), []

    use(label.metrics, label)

    assert label.held
    assert all(label.held)
