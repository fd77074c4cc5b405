"""What a customer's answer to a message asks for: TwiML, or a plain text.

Sources: Twilio, "TwiML for Programmable Messaging", "TwiML: Message", "TwiML: Redirect", and its error dictionary.
Inferred: white space around a text is dropped; an answer without any content is none; what is strange is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from fake_twilio.domain.inbound.content_type import decoded, read_content_type

MAX_BYTES = 64 * 1024
TOO_LARGE, NO_XML, NO_RESPONSE, STRANGE, NO_TYPE = 11750, 12100, 12102, 12200, 12300
NO_BODY, NO_METHOD, NO_SMS_VERB = 14103, 14104, 14110
XML_TYPES = ("text/xml", "application/xml", "text/html")
MESSAGE_ATTRIBUTES = frozenset({"to", "from", "action", "method", "statusCallback"})
# What TwiML has for calls, and nothing for messages.
VOICE_VERBS = frozenset(
    {
        *("Connect", "Dial", "Echo", "Enqueue", "Gather", "Hangup", "Leave", "Pause", "Pay", "Play", "Prompt"),
        *("Queue", "Record", "Refer", "Reject", "Say", "Siprec", "Start", "Stop", "Stream"),
    }
)


class Unreadable(Exception):  # noqa: N818 - it is a finding, not an accident
    """An answer that cannot be run, with the code of Twilio's alert."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A message to send; what is ``None`` was not said."""

    body: str
    media_urls: tuple[str, ...] = ()
    to: str | None = None
    sender: str | None = None
    status_callback: str | None = None
    action: str | None = None
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Redirect:
    """Another document that is to be run in place of the rest of this one; an empty address is the same document."""

    url: str
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be done, in order, and the codes of what Twilio would warn of, each once (inferred)."""

    verbs: tuple[Reply | Redirect, ...] = ()
    warnings: tuple[int, ...] = ()


def read_answer(content_type: str | None, body: bytes) -> Document:
    """Read an answer; raise `Unreadable` if Twilio could not run it. An empty one asks for nothing."""
    if len(body) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    if not body.strip():
        return Document()
    kind, charset = read_content_type(content_type)
    if kind == "text/plain":
        text = decoded(body, charset).strip()
        return Document((Reply(body=text),) if text else ())
    if kind not in XML_TYPES:
        raise Unreadable(NO_TYPE)
    return _read_response(_parsed(body))


def _parsed(body: bytes) -> Element:
    try:
        root: Element = fromstring(body)
    except (ParseError, DefusedXmlException, LookupError, ValueError):  # the last two: of an encoding
        raise Unreadable(NO_XML) from None
    if root.tag != "Response":
        raise Unreadable(NO_RESPONSE)
    return root


def _read_response(root: Element) -> Document:
    """Read the verbs up to a redirect: nothing behind one is reached."""
    verbs: list[Reply | Redirect] = []
    warnings: list[int] = []
    for element in root:
        warnings += _warnings(element)
        verb = _read_verb(element)
        if verb is not None:
            verbs.append(verb)
        if isinstance(verb, Redirect):
            break
    return Document(tuple(verbs), tuple(dict.fromkeys(warnings)))


def _read_verb(element: Element) -> Reply | Redirect | None:
    if element.tag == "Redirect":
        return Redirect((element.text or "").strip(), _method(element))
    if element.tag != "Message":
        return None
    reply = _read_message(element)
    return reply if reply.body or reply.media_urls else None


def _read_message(element: Element) -> Reply:
    return Reply(
        body="".join(_texts(element)).strip(),
        media_urls=tuple((media.text or "").strip() for media in element if media.tag == "Media"),
        to=element.get("to") or None,
        sender=element.get("from") or None,
        status_callback=element.get("statusCallback") or None,
        action=element.get("action") or None,
        method=_method(element),
    )


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts of a message and of its bodies; among them, white space is there for the eye."""
    yield (element.text or "").strip()
    for child in element:
        if child.tag == "Body":
            yield child.text or ""
        yield (child.tail or "").strip()


def _method(element: Element) -> str:
    method = element.get("method", "POST").upper()
    return method if method in ("GET", "POST") else "POST"


def _warnings(element: Element) -> Iterator[int]:
    """Yield the code of each thing in a verb that Twilio would warn of."""
    if element.tag in VOICE_VERBS:
        yield NO_SMS_VERB
    elif element.tag not in ("Message", "Redirect"):
        yield STRANGE
    else:
        yield from _inner_warnings(element)


def _inner_warnings(element: Element) -> Iterator[int]:
    known = MESSAGE_ATTRIBUTES if element.tag == "Message" else {"method"}
    inner = ("Body", "Media") if element.tag == "Message" else ()
    if set(element.attrib) - known or any(child.tag not in inner for child in element):
        yield STRANGE
    if element.get("method", "POST").upper() not in ("GET", "POST"):
        yield NO_METHOD
    if element.tag == "Message" and _read_verb(element) is None:
        yield NO_BODY
