"""The verbs of an answer, without those for who opted out."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence

from twilio_sms.domain.inbound_message import InboundMessage
from twilio_sms.domain.number_key import number_key
from twilio_sms.errors import ValidationError

MaySend = Callable[[str, str, str | None], bool]  # recipient, sender, messaging service
_TEXTS = ("Message", "Sms")  # the second is the older word for the first


def allowed_verbs(
    answers: Iterable[Sequence[ET.Element]], message: InboundMessage, may_send: MaySend
) -> list[ET.Element]:
    """Return the verbs of all *answers*, a redirect at their end: Twilio runs nothing that comes after one.

    What would go to a recipient who may not be texted is left out.
    """
    verbs = [verb for answer in answers for verb in answer if _is_allowed(verb, message, may_send)]
    return sorted(verbs, key=lambda verb: verb.tag == "Redirect")


def verbs_for_others(
    answers: Iterable[Sequence[ET.Element]], message: InboundMessage, may_send: MaySend
) -> list[ET.Element]:
    """Return the messages of *answers* to others than the sender of *message*, who said STOP.

    A redirect is left out too: nobody knows whom the next document would text.
    """
    return [
        verb
        for verb in allowed_verbs(answers, message, may_send)
        if verb.tag in _TEXTS and verb.get("to") and not _is_same(verb.get("to", ""), message.from_)
    ]


def _is_allowed(verb: ET.Element, message: InboundMessage, may_send: MaySend) -> bool:
    if verb.tag not in _TEXTS:
        return True
    recipient, sender = verb.get("to") or message.from_, verb.get("from") or message.to
    return may_send(recipient, sender, message.messaging_service_sid)


def _is_same(recipient: str, number: str) -> bool:
    """Whether both are one telephone, however they are written."""
    try:
        return number_key(recipient) == number_key(number)
    except ValidationError:  # a short code, or an address of another channel
        return recipient.strip() == number
