"""When the two ends of a message fell silent, and when they spoke again."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from fake_twilio.accounts.opt_out_book import OptIn, OptOut
from fake_twilio.domain.inbound.opt_outs import Word, word_to
from fake_twilio.domain.messages.message import Message
from fake_twilio.inbound.inbox import AutoReply
from fake_twilio.inspector.happening import Happening, Link, page_of

MOST_SHOWN = 20  # the newest


def opt_outs_of(
    message: Message,
    messages: Iterable[Message],
    opt_outs: Iterable[OptOut],
    opt_ins: Iterable[OptIn],
    replies: Iterable[AutoReply],
) -> list[Happening]:
    """Return when the person of *message* opted out of its sender, or of its service, and in again.

    By a word, which is a message of theirs, or by what the book of opt-outs tells besides. Twilio replies to a word
    that changes something, so the *replies* tell whether one did.
    """
    person, origins = _ends(message)
    replied = {reply.message_sid for reply in replies}
    said = [one for one in messages if one.sender == person and _is_to(one, origins) and _word(one) is not None]
    found = [_said(one, message, is_obeyed=one.sid in replied) for one in said]
    stops = [one.created_at for one in said if one.sid in replied and _word(one) is Word.STOP]
    lifted = [one for one in opt_ins if one.opt_out.to == person and one.opt_out.sender in origins]
    ended = (one.opt_out for one in lifted)
    found += [_booked(one) for one in _unsaid(person, origins, chain(opt_outs, ended), stops)]
    found += [_lifted(one) for one in lifted]
    return sorted(found, key=lambda happening: happening.at)[-MOST_SHOWN:]


def _ends(message: Message) -> tuple[str, frozenset[str]]:
    """Return the person, and what they may opt out of: the other number, and its service."""
    is_inbound = message.direction == "inbound"
    person, ours = (message.sender, message.to) if is_inbound else (message.to, message.sender)
    return person or "", frozenset(filter(None, (ours, message.intended_sender, message.service_sid)))


def _is_to(one: Message, origins: frozenset[str]) -> bool:
    return one.direction == "inbound" and (one.to in origins or one.service_sid in origins)


def _word(one: Message) -> Word | None:
    """Return the word with which somebody opted out or in; HELP changes nothing."""
    word = word_to(one.to, one.body, is_pooled=one.service_sid is not None)
    return None if word is Word.HELP else word


def _said(one: Message, message: Message, *, is_obeyed: bool) -> Happening:
    way = "out" if _word(one) is Word.STOP else "in"
    title = f"{one.sender} opted {way} by {one.body.strip()}"
    detail = "" if is_obeyed else "Twilio did not reply: it changed nothing"
    return Happening(one.created_at, "opt-out", title, detail, () if one.sid == message.sid else (_link(one),))


def _link(one: Message) -> Link:
    return page_of(one.sid, "their message")


def _unsaid(
    person: str, origins: frozenset[str], opt_outs: Iterable[OptOut], stops: Sequence[float]
) -> Iterator[OptOut]:
    """Yield the opt-outs that no word of one of these moments brought about: of the scenario, or made by hand."""
    for opt_out in opt_outs:
        is_theirs = opt_out.to == person and opt_out.sender in origins
        if is_theirs and not any(stopped >= opt_out.since for stopped in stops):
            yield opt_out


def _lifted(one: OptIn) -> Happening:
    return Happening(one.at, "opt-out", f"{one.opt_out.to} hears from {one.opt_out.sender} again", "by hand")


def _booked(opt_out: OptOut) -> Happening:
    title = f"{opt_out.to} hears nothing more from {opt_out.sender}"
    return Happening(
        opt_out.since, "opt-out", title, "by the scenario, by hand, or by a word of which no message was made"
    )
