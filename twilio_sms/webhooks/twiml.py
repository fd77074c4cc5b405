"""What a webhook is answered with: TwiML, the little of it that messages need.

A document is a ``Response`` with verbs: ``Message`` (a text, pictures, or both) and ``Redirect``. What XML cannot carry
is refused: a control character in an answer would make Twilio drop all of it (12100).

Sources: Twilio, "TwiML for Programmable SMS", its pages "Message" and "Redirect"; errors 11750, 14109, 21617, 21623.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

from twilio_sms.domain.draft import MAX_BODY_CHARACTERS, MAX_MEDIA
from twilio_sms.domain.form import to_texts
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.send_options import check_url
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.xml_text import write

MAX_REPLIES = 10  # Twilio: 14109
MAX_DOCUMENT_BYTES = 64 * 1024  # Twilio: 11750
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
EMPTY = "<Response/>"
# XML 1.0, production 2, "Char": the rest has no way to be written, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")  # a parser would read them as \n: XML 1.0, 2.11

Method = Literal["GET", "POST"]


class TextMessage(NamedTuple):
    """A message in an answer; without *to* and *from_* it goes back where the inbound message came from."""

    body: str | None = None
    media_urls: tuple[str, ...] = ()
    to: str | None = None
    from_: str | None = None
    status_callback: str | None = None

    def to_element(self) -> ET.Element:
        element = ET.Element("Message", _given({"to": self.to, "from": self.from_}))
        if self.status_callback:
            # Which of the two counts differs by account and kind: Twilio advises to set both. See `to_document`.
            element.attrib.update(action=self.status_callback, statusCallback=self.status_callback, method="POST")
        if self.body is not None:
            ET.SubElement(element, "Body").text = self.body
        for url in self.media_urls:
            ET.SubElement(element, "Media").text = url
        return element

    def __repr__(self) -> str:
        return f"TextMessage({len(self.body or '')} characters, {len(self.media_urls)} media)"


class Redirection(NamedTuple):
    """Twilio goes on with the document at *url*, which may be relative to the webhook's."""

    url: str
    method: Method = "POST"

    def to_element(self) -> ET.Element:
        element = ET.Element("Redirect", {"method": self.method})
        element.text = self.url
        return element


class Reply:
    """The answer to an inbound message; `message` and `redirect` return a longer one and leave it as it is.

    *body* has 1 to 1600 characters, *media_url* is up to 10 addresses; with neither it answers nothing. Raises
    `ValidationError` for what TwiML cannot carry.

    >>> Reply("Thanks!").message("It is on its way.").to_xml()[len(HEAD):]
    '<Response><Message><Body>Thanks!</Body></Message><Message><Body>It is on its way.</Body></Message></Response>'
    """

    __slots__ = ("messages", "redirection")

    def __init__(self, body: str | None = None, *, media_url: str | Sequence[str] = ()) -> None:
        has_content = body is not None or isinstance(media_url, str) or bool(media_url)
        self.messages: tuple[TextMessage, ...] = (_message(body=body, media_url=media_url),) if has_content else ()
        self.redirection: Redirection | None = None

    def message(
        self,
        body: str | None = None,
        *,
        media_url: str | Sequence[str] = (),
        to: str | None = None,
        from_: str | None = None,
        status_callback: str | None = None,
    ) -> "Reply":
        """Return this reply with one more message; *to* is another recipient, *from_* another of your senders.

        *status_callback* is where its statuses are told. Some accounts take the address from another attribute, which
        only the last message of an answer can have: there the others are told to the sender's own address.
        """
        one = _message(body=body, media_url=media_url, to=to, from_=from_, status_callback=status_callback)
        return _reply((*self.messages, one), self.redirection)

    def redirect(self, url: str, *, method: Method = "POST") -> "Reply":
        """Return this reply with a redirect at its end: Twilio runs nothing that comes after one."""
        if self.redirection is not None:
            raise ValidationError("a reply has one redirect: Twilio runs nothing that comes after it")
        return _reply(self.messages, _redirection(url, method))

    def to_xml(self) -> str:
        """Return the whole document; raise `ValidationError` if it is more than Twilio takes."""
        return to_document(self.to_verbs())

    def to_verbs(self) -> list[ET.Element]:
        """Return the verbs of the document."""
        verbs = [message.to_element() for message in self.messages]
        return [*verbs, self.redirection.to_element()] if self.redirection else verbs

    def __repr__(self) -> str:
        return f"Reply({len(self.messages)} messages{', a redirect' if self.redirection else ''})"


def to_document(verbs: Sequence[ET.Element]) -> str:
    """Return *verbs* as one document; raise `ValidationError` if it is more than Twilio takes.

    Twilio goes on with what an ``action`` answers, and runs nothing that comes after it. So where it says the same as
    ``statusCallback`` only the last verb keeps it: a status is less than a message.
    """
    for verb in verbs[:-1]:
        if verb.get("action") == verb.get("statusCallback"):
            verb.attrib.pop("action", None)
    count = sum(verb.tag == "Message" for verb in verbs)
    if count > MAX_REPLIES:
        raise ValidationError(f"an answer has at most {MAX_REPLIES} messages, has {count}")
    root = ET.Element("Response")
    root.extend(verbs)
    document = HEAD + write(root)
    if len(document.encode()) > MAX_DOCUMENT_BYTES:
        raise ValidationError(f"an answer has at most {MAX_DOCUMENT_BYTES} bytes, has {len(document.encode())}")
    return document


def _reply(messages: tuple[TextMessage, ...], redirection: Redirection | None) -> Reply:
    made = Reply()
    made.messages, made.redirection = messages, redirection
    return made


def _message(
    *,
    body: str | None,
    media_url: str | Sequence[str],
    to: str | None = None,
    from_: str | None = None,
    status_callback: str | None = None,
) -> TextMessage:
    problems = Problems()
    text = problems.read("body", _body, body) if body is not None else None
    media_urls = (problems.read("media_url", _media, media_url) or ()) if media_url != () else ()
    recipient, sender = problems.read("to", _address, to), problems.read("from_", _address, from_)
    if status_callback is not None:
        problems.read("status_callback", check_url, status_callback)
    if problems:
        problems.raise_all()
    if not (text or "").strip() and not media_urls:
        raise ValidationError("a message needs a body of 1 to 1600 characters, or media_url")
    return TextMessage(text, media_urls, recipient, sender, status_callback)


def _redirection(url: str, method: Method) -> Redirection:
    if method not in get_args(Method):
        raise ValidationError(f"method must be GET or POST, is {method!r}")
    if not isinstance(url, str) or not url.strip() or not url.isprintable():
        raise ValidationError("a redirect needs an address, absolute or relative to the webhook's")
    return Redirection(url, method)


def _body(body: object) -> str:
    text = _LINE_END.sub("\n", _text(body) or "")
    if len(text) > MAX_BODY_CHARACTERS:
        raise ValidationError(f"must have 1 to {MAX_BODY_CHARACTERS} characters, has {len(text)}")
    return text


def _media(media_url: object) -> tuple[str, ...]:
    urls = to_texts(media_url)
    if len(urls) > MAX_MEDIA:
        raise ValidationError(f"takes at most {MAX_MEDIA} addresses, has {len(urls)}")
    for url in urls:
        check_url(url)
        _text(url)
    return urls


def _address(value: object) -> str | None:
    text = _text(value)
    if text is not None and not text.strip():
        raise ValidationError("must be an address, is empty")
    return text


def _text(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValidationError(f"must be a text, is {type(value).__name__}")
    bad = _NOT_XML.search(value)
    if bad:
        raise ValidationError(f"holds U+{ord(bad[0]):04X} at character {bad.start() + 1}, which XML cannot carry")
    return value


def _given(attributes: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value is not None}
