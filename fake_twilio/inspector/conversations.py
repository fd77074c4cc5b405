"""Messages as conversations: a number of the account, and a person's."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fake_twilio.domain.messages.lifted import Lifted, lift
from fake_twilio.domain.messages.message import Message
from fake_twilio.inbound.inbox import AutoReply
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


def bubbles_of(pair: Pair, messages: Iterable[Message], replies: Iterable[AutoReply]) -> list[Bubble]:
    """Return what was said between the two, the oldest first, and what Twilio said by itself."""
    said = [*_said(pair, messages), *_replied(pair, replies)]
    return sorted(said, key=lambda bubble: bubble.at)[-MOST_BUBBLES:]


def _said(pair: Pair, messages: Iterable[Message]) -> Iterator[Bubble]:
    for message in messages:
        if pair_of(message) == pair:
            is_theirs = message.direction == "inbound"
            yield _bubble(message.created_at, message.body, is_theirs, message.media_urls, message)


def _replied(pair: Pair, replies: Iterable[AutoReply]) -> Iterator[Bubble]:
    return (_bubble(one.at, one.body, is_theirs=False) for one in replies if Pair(one.sender, one.to) == pair)


def _bubble(
    at: float, body: str, is_theirs: bool, media_urls: tuple[str, ...] = (), message: Message | None = None
) -> Bubble:
    return Bubble(at, is_theirs, body, count_segments(body), lift(body), media_urls, message)
