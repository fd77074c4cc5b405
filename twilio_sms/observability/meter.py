"""What the client tells its metrics, each label from its list."""

from twilio_sms.observability.guard import Guard
from twilio_sms.observability.metrics import NONE, OTHER, VALUES, Metric, Metrics
from twilio_sms.observability.outcomes import Outcome

_METRICS = "metrics"


class Meter:
    """Counts what happens, and lets nothing that is not on a list become a label; raises nothing."""

    def __init__(self, metrics: Metrics, guard: Guard) -> None:
        self._add, self._observe, self._shift = metrics.count, metrics.observe, metrics.shift  # fails here, not later
        self._guard = guard

    def sent(self, status: str) -> None:
        """Count a message that Twilio accepted, by the status in its answer."""
        self._count(Metric.MESSAGES_SENT, _closed("status", status))

    def took(self, operation: str, outcome: Outcome, seconds: float) -> None:
        """Note how long a call took, waits and retries included."""
        labels = (_closed("operation", operation), _closed("outcome", outcome))
        self._guard.run(_METRICS, self._observe, Metric.SEND_LATENCY, labels, seconds)

    def received(self) -> None:
        """Count an inbound message."""
        self._count(Metric.MESSAGES_RECEIVED)

    def rate_limit_hit(self, limit: str) -> None:
        """Count a message that ``global``, ``recipient``, ``sender`` or ``twilio`` (its 429) held up or stopped."""
        self._count(Metric.RATE_LIMIT_HITS, _closed("limit", limit))

    def delivery(self, status: str, error_code: int | None) -> None:
        """Count a status that a callback, or a look, told of a message."""
        code = NONE if error_code is None else str(error_code)
        self._count(Metric.DELIVERY_STATUS, _closed("status", status), _closed("error_code", code))

    def breaker_moved(self, before: str | None, after: str | None) -> None:
        """Note that a breaker changed its state: from ``None`` when it is made, to ``None`` when it is given up."""
        for state, by in ((before, -1), (after, 1)):
            if state is not None:
                self._guard.run(_METRICS, self._shift, Metric.BREAKERS, (_closed("state", state),), by)

    def retried(self, operation: str) -> None:
        """Count an attempt after the first."""
        self._count(Metric.RETRIES, _closed("operation", operation))

    def _count(self, metric: Metric, *labels: str) -> None:
        self._guard.run(_METRICS, self._add, metric, labels)


def _closed(label: str, value: str) -> str:
    return value if value in VALUES[label] else OTHER
