"""What came of a message as an answer: the app's TwiML, replies, and what Twilio replied by itself."""

from collections.abc import Iterable, Iterator

from fake_twilio.delivery.webhook import Delivery, Kind
from fake_twilio.domain.inbound.twiml import Document, Redirect, Reply, Unreadable, read_answer
from fake_twilio.domain.messages.message import Message
from fake_twilio.inbound.inbox import AutoReply
from fake_twilio.inspector.happening import Happening, page_of, said_in


def auto_replies_of(message: Message, replies: Iterable[AutoReply]) -> Iterator[Happening]:
    """Yield what Twilio replied to *message* by itself."""
    for reply in replies:
        if reply.message_sid == message.sid:
            yield Happening(reply.at, "reply", "Twilio replied by itself", reply.body)


def replies_of(message: Message, messages: Iterable[Message]) -> Iterator[Happening]:
    """Yield which of *messages* came of this one: the app's, or the recipient's."""
    return (_reply(one) for one in messages if one.in_reply_to == message.sid)


def asked_by(delivery: Delivery, at: float) -> Iterator[Happening]:
    """Yield what the answer to a message that came in asks for; of one that cannot be read, an alert tells."""
    if delivery.webhook.kind is not Kind.INBOUND or not delivery.is_taken:
        return
    if delivery.answer.is_cut:
        yield Happening(at, "answer", "the app answered more than is kept of it")
        return
    try:
        document = read_answer(delivery.answer.content_type, delivery.answer.body)
    except Unreadable:
        return
    yield Happening(at, "answer", "the app answered", _asked_for(document))


def _asked_for(document: Document) -> str:
    return ", then ".join(_verb(verb) for verb in document.verbs) or "with nothing to do"


def _verb(verb: Reply | Redirect) -> str:
    if isinstance(verb, Redirect):
        return f"to go on at {verb.url or 'the same address'}"
    media = f" with {len(verb.media_urls)} media" if verb.media_urls else ""
    return f"with a message{media}"


def _reply(one: Message) -> Happening:
    title = f"{one.sender} answered" if one.direction == "inbound" else f"a reply to {one.to} is {one.status.value}"
    return Happening(one.created_at, "reply", title, links=(page_of(one.sid, said_in(one)),))
