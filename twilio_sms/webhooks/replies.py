"""The verbs of an answer, without those for who opted out."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence

from twilio_sms.domain.inbound_message import InboundMessage

MaySend = Callable[[str, str, str | None], bool]  # recipient, sender, messaging service


def allowed_verbs(
    answers: Iterable[Sequence[ET.Element]], message: InboundMessage, may_send: MaySend
) -> list[ET.Element]:
    """Return the verbs of all *answers*, a redirect at their end: Twilio runs nothing that comes after one.

    What would go to a recipient who may not be texted is left out: who says STOP gets Twilio's own confirmation, and
    nothing of ours.
    """
    verbs = [verb for answer in answers for verb in answer]
    return sorted(_allowed(verbs, message, may_send), key=lambda verb: verb.tag == "Redirect")


def _allowed(verbs: Iterable[ET.Element], message: InboundMessage, may_send: MaySend) -> Iterator[ET.Element]:
    for verb in verbs:
        recipient, sender = verb.get("to") or message.from_, verb.get("from") or message.to
        if verb.tag != "Message" or may_send(recipient, sender, message.messaging_service_sid):
            yield verb
