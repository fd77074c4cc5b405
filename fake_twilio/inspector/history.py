"""What happened to one message, in the order of time: for its page."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.domain.messages.message import Change, Message
from fake_twilio.domain.twilio.catalogue import CATALOGUE

_ERRORS_PAGE = "https://www.twilio.com/docs/api/errors/{code}"


class Happening(NamedTuple):
    """One thing that happened; *at* is in seconds since 1970, and *kind* says which of the others is there."""

    at: float
    kind: str  # "status", "webhook" or "alert"
    title: str
    detail: str = ""
    delivery: Delivery | None = None


def history_of(message: Message, deliveries: Iterable[Delivery], alerts: Iterable[Alert]) -> list[Happening]:
    """Return what happened to *message*, the first first.

    A webhook stands where it ended; one of which that is not known, behind the status that it tells of.
    """
    told = [delivery for delivery in deliveries if delivery.webhook.message_sid == message.sid]
    happened = [happening for change in message.timeline for happening in _change(change, told)]
    happened += [_webhook(message.created_at, one) for one in told if not _tells_of_a_change(one, message)]
    happened += [_alert(alert) for alert in alerts if alert.message_sid == message.sid]
    return sorted(happened, key=lambda happening: happening.at)


def error_title(code: int | None) -> str:
    """Return what Twilio calls an error, with the address of its page; nothing without one."""
    if code is None:
        return ""
    title = CATALOGUE[code].title if code in CATALOGUE else "an error that is not in the catalogue"
    return f"{code} {title}, {_ERRORS_PAGE.format(code=code)}"


def _change(change: Change, told: Iterable[Delivery]) -> Iterator[Happening]:
    yield Happening(change.at, "status", change.status.value, error_title(change.error_code))
    about = (delivery for delivery in told if delivery.webhook.status == change.status)
    yield from (_webhook(change.at if one.ended_at is None else one.ended_at, one) for one in about)


def _webhook(at: float, delivery: Delivery) -> Happening:
    answer = delivery.answer
    outcome = f"answered {answer.status}" if answer.status is not None else f"failed: {answer.error}"
    title = f"webhook {delivery.webhook.status}, attempt {delivery.attempt}: {outcome} in {answer.seconds:.3f} s"
    return Happening(at, "webhook", title, f"{delivery.method} {delivery.url}", delivery)


def _tells_of_a_change(delivery: Delivery, message: Message) -> bool:
    return any(change.status == delivery.webhook.status for change in message.timeline)


def _alert(alert: Alert) -> Happening:
    return Happening(alert.at, "alert", f"{alert.code} {alert.title}", alert.url)
