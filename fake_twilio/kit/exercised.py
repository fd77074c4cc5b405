"""Which failures a run has met, by the evidence that it leaves."""

from collections.abc import Iterable, Iterator

from fake_twilio.delivery.webhook import Delivery, Kind
from fake_twilio.domain.fate.chaos import Mischief
from fake_twilio.domain.fate.faults import REPLACES_ANSWER
from fake_twilio.domain.inbound.opt_outs import Word, word_of
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.kit.evidence import Evidence
from fake_twilio.records.incidents import Incident, Sort
from fake_twilio.records.request_log import SeenRequest

OPTED_OUT = 21610


def exercised(evidence: Evidence) -> frozenset[str]:
    """Return the names of the failures that the run has met."""
    seen = frozenset(signs(evidence))
    return frozenset(path.name for path in ERROR_PATHS if not path.signs.isdisjoint(seen))


def signs(evidence: Evidence) -> Iterator[str]:
    """Return what the run shows of failures, such as ``refusal 21211``."""
    yield from (_of_incident(incident) for incident in evidence.incidents)
    for message in evidence.messages:
        yield from _of_message(message)
    for delivery in evidence.callbacks:
        yield from _of_delivery(delivery)
    yield from _of_requests(evidence.requests)


def is_stop(message: Message) -> bool:
    """Whether somebody opted out with this message."""
    return message.direction == "inbound" and word_of(message.body) is Word.STOP


def _of_incident(incident: Incident) -> str:
    return f"{_SORTS[incident.sort]} {incident.what}"


_SORTS = {Sort.REFUSAL: "refusal", Sort.FAULT: "fault", Sort.CALLBACK: "callback"}


def _of_message(message: Message) -> Iterator[str]:
    codes = {change.error_code for change in message.timeline} - {None}
    yield from (f"error {code}" for code in codes)
    if OPTED_OUT in codes:
        yield "stop_in_between"
    if is_stop(message):
        yield "stop"
    twist = message.twist
    if twist is None:
        return
    if twist.fault is not None and twist.fault.kind in REPLACES_ANSWER:
        yield "committed"
    if twist.chaos.has(Mischief.BEFORE_RESPONSE) and message.status_callback:
        yield "callback before_response"


def _of_delivery(delivery: Delivery) -> Iterator[str]:
    if delivery.failure is not None:
        yield f"webhook {delivery.failure}"
    elif delivery.answer.status is not None:
        yield f"webhook {delivery.answer.status // 100}xx"
    if delivery.webhook.kind is Kind.INBOUND and "ErrorUrl" in delivery.webhook.params:
        yield "fallback"


def _of_requests(requests: Iterable[SeenRequest]) -> Iterator[str]:
    is_out = False
    for request in requests:
        if request.is_answered and request.retry_after_seconds is not None:
            yield "retry_after"
        if request.is_answered and request.status < 300 and is_out:
            yield "recovery"
        is_out = request.status >= 500 or (is_out and not (request.is_answered and request.status < 300))
