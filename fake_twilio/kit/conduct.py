"""How the apps of a run behaved towards Twilio, as counts that add up over many runs."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Self

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.kit.duplicates import duplicates
from fake_twilio.kit.evidence import Evidence
from fake_twilio.kit.exercised import OPTED_OUT, is_stop
from fake_twilio.kit.patience import followed
from fake_twilio.records.request_log import SeenRequest, recipient_digest

PATIENCE_SECONDS = 15.0  # as long as Twilio waits for the answer to a webhook
_TOO_LATE = frozenset({Failure.SILENT, Failure.PARTIAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """Counts, and the seconds of the slowest answer."""

    told_to_wait: int = 0  # answers with Retry-After
    came_back: int = 0  # of those that asked for the same again
    came_too_early: int = 0
    lost_answers: int = 0  # to requests whose message was taken all the same
    sent_again: int = 0  # of those
    callbacks: int = 0  # webhook requests that were signed properly
    taken: int = 0  # of those, answered with a 2xx
    late: int = 0  # of those, not answered in time
    slowest_seconds: float = 0.0
    forged: int = 0  # webhook requests that were signed wrongly
    forged_taken: int = 0  # of those, answered with a 2xx
    forged_refused: int = 0  # of those, answered with a 4xx
    stops: int = 0  # people who said STOP, or of whom Twilio told so
    sent_after_stop: int = 0  # requests to send to them later that were refused

    def __add__(self, other: Self) -> "Conduct":
        summed = {field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)}
        return Conduct(**{**summed, "slowest_seconds": max(self.slowest_seconds, other.slowest_seconds)})

    def counts(self) -> dict[str, float]:
        """Return the counts by name."""
        return asdict(self)


def conduct_of(evidence: Evidence) -> Conduct:
    """Return how the app behaved in one run."""
    return (
        _patience(evidence.requests)
        + _care(evidence.outbound)
        + _service(evidence.callbacks)
        + _suspicion(evidence.callbacks)
        + _respect(evidence)
    )


def _patience(requests: tuple[SeenRequest, ...]) -> Conduct:
    following = followed(requests)
    return Conduct(
        told_to_wait=len(following),
        came_back=sum(one.came_back for one in following),
        came_too_early=sum(one.is_too_early for one in following),
    )


def _care(messages: tuple[Message, ...]) -> Conduct:
    lost = {message.sid for message in messages if _is_answer_lost(message)}
    again = (group for group in duplicates(messages, None) if any(message.sid in lost for message in group[:-1]))
    return Conduct(lost_answers=len(lost), sent_again=sum(1 for _ in again))


def _is_answer_lost(message: Message) -> bool:
    return message.twist is not None and message.twist.fault is not None and message.twist.fault.kind is not None


def _service(deliveries: Iterable[Delivery]) -> Conduct:
    judged = [delivery for delivery in deliveries if not delivery.webhook.is_forged and not _leads_on(delivery)]
    late = [one for one in judged if one.failure in _TOO_LATE or one.seconds >= PATIENCE_SECONDS]
    return Conduct(
        callbacks=len(judged),
        taken=sum(delivery.is_taken for delivery in judged),
        late=len(late),
        slowest_seconds=max((delivery.seconds for delivery in judged), default=0.0),
    )


def _suspicion(deliveries: Iterable[Delivery]) -> Conduct:
    forged = [delivery for delivery in deliveries if delivery.webhook.is_forged and not _leads_on(delivery)]
    return Conduct(
        forged=len(forged),
        forged_taken=sum(delivery.is_taken for delivery in forged),
        forged_refused=sum(400 <= (delivery.answer.status or 0) < 500 for delivery in forged),
    )


def _leads_on(delivery: Delivery) -> bool:
    """Whether the answer is only a step on the way: a redirect, or a question for the password."""
    answer = delivery.answer
    return delivery.failure is None and bool(answer.location or answer.challenge)


def _respect(evidence: Evidence) -> Conduct:
    """Count who opted out, and what was sent to them although the app had been told."""
    since = {recipient_digest(one.sender or ""): one.created_at for one in evidence.messages if is_stop(one)}
    refused_again = 0
    for request in evidence.requests:
        if request.code == OPTED_OUT and request.is_create:
            refused_again += request.recipient in since and since[request.recipient] <= request.began
            since.setdefault(request.recipient, request.ended)
    return Conduct(stops=len(since), sent_after_stop=refused_again)
