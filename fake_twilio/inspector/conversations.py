"""Messages as conversations: a number of the account, and a person's."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fake_twilio.domain.messages.lifted import Lifted, lift
from fake_twilio.domain.messages.message import Message
from fake_twilio.inbound.inbox import AutoReply
from fake_twilio.inspector.shortened import Shortened
from twilio_sms.domain.segments import Segments, count_segments

MOST_BUBBLES = 200  # of one conversation: the newest


class Pair(NamedTuple):
    """Who speaks with whom: *ours* is a number of the account, *theirs* a person's."""

    ours: str
    theirs: str


class Line(NamedTuple):
    """A conversation in a list of them."""

    pair: Pair
    newest: Message
    messages: int  # how many


class Bubble(NamedTuple):
    """One text of a conversation, with what can be said about it."""

    at: float
    is_theirs: bool
    body: str
    segments: Segments
    lifted: Lifted
    media_urls: tuple[str, ...] = ()
    message: Message | None = None  # none for what Twilio replied by itself


def pair_of(message: Message) -> Pair:
    """Return who speaks with whom in *message*; until a service has chosen a sender it is the service."""
    sender = message.sender or message.service_sid or ""
    return Pair(message.to, sender) if message.direction == "inbound" else Pair(sender, message.to)


def lines_of(messages: Sequence[Message]) -> list[Line]:
    """Return the conversations, that with the newest message first."""
    newest: dict[Pair, tuple[Message, int]] = {}
    for message in messages:
        pair = pair_of(message)
        newest[pair] = (message, newest[pair][1] + 1 if pair in newest else 1)
    lines = [Line(pair, message, count) for pair, (message, count) in newest.items()]
    return sorted(lines, key=lambda line: line.newest.created_at, reverse=True)


def bubbles_of(pair: Pair, messages: Iterable[Message], replies: Iterable[AutoReply]) -> Shortened[Bubble]:
    """Return what was said between the two, the oldest first, and what Twilio said by itself.

    Of a long conversation the newest texts, since to count segments and to find codes takes longer than to read one.
    """
    said: list[Message | AutoReply] = [message for message in messages if pair_of(message) == pair]
    said += [reply for reply in replies if Pair(reply.sender, reply.to) == pair]
    in_order = sorted(said, key=_moment_of)
    newest = in_order[-MOST_BUBBLES:]
    return Shortened([_bubble(one) for one in newest], len(in_order) - len(newest))


def _moment_of(one: Message | AutoReply) -> float:
    return one.created_at if isinstance(one, Message) else one.at


def _bubble(one: Message | AutoReply) -> Bubble:
    lifted, segments = lift(one.body), count_segments(one.body)
    if isinstance(one, Message):
        is_theirs = one.direction == "inbound"
        return Bubble(one.created_at, is_theirs, one.body, segments, lifted, one.media_urls, one)
    return Bubble(one.at, is_theirs=False, body=one.body, segments=segments, lifted=lifted)
