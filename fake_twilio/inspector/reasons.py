"""Why a rule took a message: what it asks, and what the message has of it."""

from collections.abc import Iterator, Mapping

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Rule
from fake_twilio.domain.twilio.form import first
from fake_twilio.scenario_tools import words


def reasons(rule: Rule, message: Message) -> list[str] | None:
    """Return each thing that *rule* asks, with what *message* has; ``None`` if it does not match as both are now.

    That is so if another scenario has a rule of this name, or if the text was redacted.
    """
    envelope = _envelope(message)
    if not rule.when.matches(envelope):
        return None
    return [*_met(rule, envelope), *words.turns(rule.when.turn)]


def _met(rule: Rule, envelope: Envelope) -> Iterator[str]:
    facts = _facts(envelope)
    for name, condition in zip(rule.when.asked(), words.conditions(rule.when), strict=True):
        fact = facts.get(name, "")
        yield f"{condition} ({fact})" if fact and fact not in condition else condition


def _facts(envelope: Envelope) -> Mapping[str, str]:
    """Return what a message has of that which conditions may leave open; its text stands on the page."""
    return {
        "to": envelope.to,
        "from": envelope.sender,
        "number_type": envelope.sender,
        "country": envelope.to,
        "segments": f"it has {envelope.segments}",
        "media": f"it has {envelope.media}",
    }


def _envelope(message: Message) -> Envelope:
    """Return what the rules looked at: the text before Smart Encoding, and the sender that was chosen then."""
    is_template = first(message.form, "ContentSid") is not None
    body = message.body if is_template else first(message.form, "Body") or ""
    return Envelope(
        to=message.to,
        sender=message.intended_sender or message.sender or "",
        body=body,
        service_sid=message.service_sid or "",
        account_sid=message.account_sid,
        media=len(message.media_urls),
        is_smart=message.body != body,  # where Smart Encoding changed nothing it counts nothing differently
    )
