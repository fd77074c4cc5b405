"""What a handler returned, as verbs of one answer."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.twiml import Reply


@dataclass(frozen=True, slots=True, repr=False)
class TwiML:
    """A document of your own: raises `ValidationError` for what is no XML, or has another root than ``Response``."""

    xml: str

    def __post_init__(self) -> None:
        if not isinstance(self.xml, str):
            raise ValidationError(f"TwiML must be a text, is {type(self.xml).__name__}")
        _verbs(self.xml)


@runtime_checkable
class HasXml(Protocol):
    """What can write itself as a document, such as the official SDK's ``MessagingResponse``."""

    def to_xml(self) -> object: ...


MAX_DEPTH = 20  # TwiML for messages has three levels; what writes a document follows each
Answer = str | Reply | TwiML | HasXml | None


def to_verbs(answer: object) -> list[ET.Element]:
    """Return the verbs of what a handler returned: a text, a `Reply`, TwiML, or nothing.

    A text is a text: one that looks like XML is sent as it is. Raises `ValidationError` for anything else.
    """
    match answer:
        case None | "":
            return []
        case str():
            return Reply(answer).to_verbs()
        case Reply():
            return answer.to_verbs()
        case TwiML():
            return _verbs(answer.xml)
        case HasXml():
            return _verbs(str(answer.to_xml()))
    raise ValidationError(f"a handler returns a text, a Reply, TwiML or nothing, returned {type(answer).__name__}")


def _verbs(xml: str) -> list[ET.Element]:
    if "<!DOCTYPE" in xml:  # it could make a document of gigabytes, and none needs it
        raise ValidationError("TwiML must have no DOCTYPE")
    try:
        root = ET.fromstring(xml)  # noqa: S314 - the program's own text, and without a DOCTYPE it defines nothing  # nosec B314
    except (ET.ParseError, ValueError) as error:
        raise ValidationError("TwiML must be well-formed XML") from error
    if root.tag != "Response":
        raise ValidationError("TwiML must have the root <Response>")
    _check_depth(root)
    _check_names(root)
    return list(root)


def _check_depth(root: ET.Element) -> None:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
    if level:
        raise ValidationError(f"TwiML must have at most {MAX_DEPTH} levels")


def _check_names(root: ET.Element) -> None:
    if any(name.startswith("{") for element in root.iter() for name in (element.tag, *element.keys())):
        raise ValidationError("TwiML must have no namespaces")
