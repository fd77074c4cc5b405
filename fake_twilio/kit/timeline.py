"""Everything that happened to one message, in order, as a value that draws itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fake_twilio.accounts.opt_out_book import OptOut
from fake_twilio.delivery.webhook import Delivery, Kind
from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.domain.messages.message import Change, Message
from fake_twilio.domain.twilio.catalogue import CATALOGUE

MAX_SHOWN_CHARACTERS = 60  # of a text


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: *what* is a status, ``webhook``, ``alert`` or ``opt-out``.

    *at* is in seconds since 1970; ``None`` for a webhook, which stands behind the status that it tells of. Its *detail*
    begins with its number in the order in which the webhooks of the message came.
    """

    at: float | None
    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MessageTimeline:
    """A message and what happened to it; as a text some lines, in seconds since it was created."""

    message: Message
    entries: tuple[Entry, ...]

    def __str__(self) -> str:
        head = f"{route_of(self.message)}  {shortened(self.message.body)!r}"
        return "\n".join([head, *(self._line(entry) for entry in self.entries), *self._to_come()])

    def _line(self, entry: Entry) -> str:
        when = "" if entry.at is None else f"{entry.at - self.message.created_at:+.3f} s"
        return f"  {when:>14}  {entry.what:<11}  {entry.detail}".rstrip()

    def _to_come(self) -> list[str]:
        steps = ", ".join(step.status for step in self.message.plan)
        return [f"  {'':>14}  {'to come':<11}  {steps}"] if steps else []


def route_of(message: Message) -> str:
    """Return a message's SID, and from whom it goes to whom."""
    return f"{message.sid}  {message.sender or message.service_sid} -> {message.to}"


def shortened(body: str) -> str:
    """Return as much of a text as stands in a line."""
    return body if len(body) <= MAX_SHOWN_CHARACTERS else f"{body[:MAX_SHOWN_CHARACTERS]}..."


def timeline_of(
    message: Message, deliveries: Iterable[Delivery], alerts: Iterable[Alert], opt_outs: Iterable[OptOut]
) -> MessageTimeline:
    """Return what happened to *message*, picked from what happened to all."""
    own = (delivery for delivery in deliveries if delivery.webhook.message_sid == message.sid)
    told = list(enumerate(own, 1))
    entries = [
        *_opt_outs(message, opt_outs),
        *_changes(message, told),
        *(
            Entry(alert.at, "alert", f"{alert.code} {alert.title}, {alert.url}")
            for alert in alerts
            if alert.message_sid == message.sid
        ),
    ]
    return MessageTimeline(message, tuple(_in_order(entries)))


def _changes(message: Message, told: list[tuple[int, Delivery]]) -> Iterator[Entry]:
    for place, change in enumerate(message.timeline):
        yield Entry(change.at, str(change.status), _birth(message) if place == 0 else _error(change))
        yield from (_webhook(number, delivery) for number, delivery in told if delivery.webhook.status is change.status)


def _birth(message: Message) -> str:
    if message.direction == "inbound":
        return "created"
    return "created, no rule matched" if message.rule is None else f"created, rule {message.rule!r}"


def _error(change: Change) -> str:
    if change.error_code is None:
        return ""
    known = CATALOGUE.get(change.error_code)
    return str(change.error_code) if known is None else f"{change.error_code} {known.title}"


def _webhook(number: int, delivery: Delivery) -> Entry:
    answer, webhook = delivery.answer, delivery.webhook
    came = str(answer.status) if delivery.failure is None else f"{delivery.failure}: {answer.error}"
    url = (delivery.request or webhook).shown_url
    again = "" if delivery.attempt == 1 else f", attempt {delivery.attempt}"
    about = webhook.status if webhook.kind is Kind.STATUS else webhook.kind
    detail = f"{number}. {about}: {delivery.method} {url} -> {came} in {delivery.seconds:.3f} s{again}"
    return Entry(None, "webhook", detail)


def _opt_outs(message: Message, opt_outs: Iterable[OptOut]) -> Iterator[Entry]:
    origins = {message.sender, message.intended_sender, message.service_sid} - {None}
    for opt_out in opt_outs:
        if opt_out.to == message.to and opt_out.sender in origins and opt_out.since <= message.updated_at:
            yield Entry(opt_out.since, "opt-out", f"{opt_out.to} hears nothing from {opt_out.sender}")


def _in_order(entries: list[Entry]) -> list[Entry]:
    """Order by moment; what has none stays behind the entry that it follows."""
    moments: list[float] = []
    for entry in entries:
        moments.append(entry.at if entry.at is not None else moments[-1])
    return [entry for _, entry in sorted(zip(moments, entries, strict=True), key=lambda pair: pair[0])]
