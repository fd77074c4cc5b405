"""What is counted: every metric, its labels, and the adapters' seam.

A metric has few children for ever: each label takes its values from a closed list, and what is not on it counts as
``other``. Numbers, SIDs and texts are never labels. The names and the lists are the whole interface; an adapter only
knows three ways to count (`Metrics`), and `meter` is what the send path speaks to.
"""

from enum import StrEnum
from typing import Protocol

from twilio_sms.catalogue import CODES, DELIVERY_CODES
from twilio_sms.domain.status import Status
from twilio_sms.observability.outcomes import Outcome

Labels = tuple[str, ...]  # the values, in the order in which `LABELS` names them
OTHER = "other"
NONE = "none"  # there was no error


class Metric(StrEnum):
    """A metric, under its Prometheus name."""

    MESSAGES_SENT = "twilio_messages_sent_total"
    SEND_LATENCY = "twilio_send_latency_seconds"
    MESSAGES_RECEIVED = "twilio_messages_received_total"
    RATE_LIMIT_HITS = "twilio_rate_limit_hits_total"
    DELIVERY_STATUS = "twilio_delivery_status_total"
    BREAKERS = "twilio_circuit_breaker_state"
    RETRIES = "twilio_retries_total"


HELP: dict[Metric, str] = {
    Metric.MESSAGES_SENT: "Messages that Twilio accepted, by their first status.",
    Metric.SEND_LATENCY: "Seconds that a call took, waits and retries included.",
    Metric.MESSAGES_RECEIVED: "Inbound messages.",
    Metric.RATE_LIMIT_HITS: "Times that a limit held a message up or stopped it.",
    Metric.DELIVERY_STATUS: "Delivery statuses that were reported.",
    Metric.BREAKERS: "How many circuit breakers are in a state.",
    Metric.RETRIES: "Attempts after the first.",
}

LABELS: dict[Metric, tuple[str, ...]] = {
    Metric.MESSAGES_SENT: ("status",),
    Metric.SEND_LATENCY: ("operation", "outcome"),
    Metric.MESSAGES_RECEIVED: (),
    Metric.RATE_LIMIT_HITS: ("limit",),
    Metric.DELIVERY_STATUS: ("status", "error_code"),
    Metric.BREAKERS: ("state",),
    Metric.RETRIES: ("operation",),
}

VALUES: dict[str, frozenset[str]] = {
    "operation": frozenset(
        {"send_sms", "get_message", "list_messages", "cancel_message", "redact_message"}
        | {"delete_message", "lookup_number"}
    ),
    "outcome": frozenset(Outcome),
    "status": frozenset(Status),
    "limit": frozenset({"global", "recipient", "sender", "twilio"}),
    "state": frozenset({"closed", "open", "half-open"}),
    "error_code": frozenset({NONE, *map(str, DELIVERY_CODES.union(*CODES.values()))}),
}


class Metrics(Protocol):
    """Where the counts go. Called from many threads; slow ones make sending slow."""

    def count(self, metric: Metric, labels: Labels) -> None:
        """Count one more."""

    def observe(self, metric: Metric, labels: Labels, seconds: float) -> None:
        """Take one measurement of a duration."""

    def shift(self, metric: Metric, labels: Labels, by: int) -> None:
        """Raise or lower a level."""


class NullMetrics:
    """Counts nothing."""

    __slots__ = ()

    def count(self, metric: Metric, labels: Labels) -> None:
        pass

    def observe(self, metric: Metric, labels: Labels, seconds: float) -> None:
        pass

    def shift(self, metric: Metric, labels: Labels, by: int) -> None:
        pass
