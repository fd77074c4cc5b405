"""A run as a text in which everything stands that the same seed and start bring back.

What depends on the machine is left out: how long an answer took, which port the fake has, and which of two messages'
webhooks ended first. The webhooks of one message stand in the order in which they ended.
"""

from collections.abc import Iterable, Iterator

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.messages.message import Message
from fake_twilio.kit.evidence import Evidence


def transcript_of(evidence: Evidence) -> str:
    """Return what happened, message by message in the order of their making, a line for each thing."""
    return "\n".join(_lines(evidence)) + "\n"


def _lines(evidence: Evidence) -> Iterator[str]:
    yield evidence.run
    for message in evidence.messages:
        yield from _message(evidence, message)
        yield from _webhooks(evidence, message)
    for alert in evidence.alerts:
        yield f"alert {evidence.moment(alert.at)} {alert.code} {alert.message_sid}"
    for opt_out in evidence.opt_outs:
        yield f"opt-out {evidence.moment(opt_out.since)} {opt_out.to} {opt_out.sender}"


def _message(evidence: Evidence, message: Message) -> Iterator[str]:
    origin = message.sender or message.service_sid
    content = f"{message.body!r} {_listed(message.media_urls)}"
    yield f"{message.direction} {message.sid} {origin} {message.to} {content}".rstrip()
    yield f"  rule {message.rule!r}"
    for change in message.timeline:
        yield f"  {evidence.moment(change.at)} {change.status} {change.error_code or ''}".rstrip()
    for step in message.plan:
        yield f"  to come {step.status} after {step.after_seconds:.6f} s"


def _webhooks(evidence: Evidence, message: Message) -> Iterator[str]:
    for delivery in evidence.callbacks:
        if delivery.webhook.message_sid == message.sid:
            yield f"  {_webhook(delivery)}".replace(evidence.url, "https://api.twilio.com")


def _webhook(delivery: Delivery) -> str:
    webhook = delivery.webhook
    came = delivery.answer.status if delivery.failure is None else delivery.failure
    form = _listed(f"{name}={value}" for name, value in webhook.form)
    return f"{webhook.kind} {delivery.method} {delivery.url} {form} {delivery.signature} {webhook.token} -> {came}"


def _listed(texts: Iterable[str]) -> str:
    return "&".join(texts)
