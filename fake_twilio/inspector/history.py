"""What happened to one message, in the order of time: for its page."""

from collections.abc import Iterable, Iterator

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.domain.messages.message import Change, Message
from fake_twilio.inspector.answering import asked_by, auto_replies_of, replies_of
from fake_twilio.inspector.beginnings import beginning_of
from fake_twilio.inspector.error_pages import error_links, error_title
from fake_twilio.inspector.happening import Happening
from fake_twilio.inspector.mishaps import mishaps_of
from fake_twilio.inspector.pair_opt_outs import opt_outs_of
from fake_twilio.inspector.queueing import queueing_of
from fake_twilio.inspector.shortened import Shortened
from fake_twilio.inspector.subject import Subject

MOST_WEBHOOKS = 200  # of one message: each takes some kilobytes of its page


def history_of(message: Message, subject: Subject) -> Shortened[Happening]:
    """Return what happened to *message*, the first first; of one moment, causes stand before what came of them.

    A webhook stands where it ended; one of which that is not known, behind the status that it tells of. Of very many
    webhooks, as replays make them, the first ones are left out.
    """
    messages, replies = subject.messages, subject.auto_replies
    came = [delivery for delivery in subject.callbacks if delivery.webhook.message_sid == message.sid]
    told = came[-MOST_WEBHOOKS:]
    happened = [
        *beginning_of(message, subject.scenario),
        *opt_outs_of(message, messages, subject.opt_outs, subject.opt_ins, replies),
        *auto_replies_of(message, replies),
        *(happening for change in message.timeline for happening in _change(change, message, told)),
        *(_webhook(_ended(one, message.created_at), one) for one in told if not _tells_of_a_change(one, message)),
        *mishaps_of(message.sid, subject.incidents),
        *replies_of(message, messages),
        *(_alert(alert) for alert in subject.alerts if alert.message_sid == message.sid),
    ]
    return Shortened(sorted(happened, key=lambda happening: happening.at), len(came) - len(told))


def _change(change: Change, message: Message, told: Iterable[Delivery]) -> Iterator[Happening]:
    """Yield that a status was taken, the queue that it led to, the webhooks that told of it, and their answers."""
    code = change.error_code
    yield Happening(change.at, "status", change.status.value, error_title(code), error_links(code))
    if change.status is Status.QUEUED:
        yield from queueing_of(message, change.at)
    for delivery in told:
        if delivery.webhook.status == change.status:
            at = _ended(delivery, change.at)
            yield _webhook(at, delivery)
            yield from asked_by(delivery, at)


def _ended(delivery: Delivery, otherwise: float) -> float:
    return otherwise if delivery.ended_at is None else delivery.ended_at


def _webhook(at: float, delivery: Delivery) -> Happening:
    answer = delivery.answer
    outcome = f"answered {answer.status}" if answer.status is not None else f"failed: {answer.error}"
    title = f"webhook {delivery.webhook.status}, attempt {delivery.attempt}: {outcome} in {answer.seconds:.3f} s"
    return Happening(at, "webhook", title, f"{delivery.method} {delivery.url}", delivery=delivery)


def _tells_of_a_change(delivery: Delivery, message: Message) -> bool:
    return any(change.status == delivery.webhook.status for change in message.timeline)


def _alert(alert: Alert) -> Happening:
    return Happening(alert.at, "alert", f"{alert.code} {alert.title}", alert.url, error_links(alert.code))
