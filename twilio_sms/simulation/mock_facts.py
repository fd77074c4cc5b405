"""Which facts of a message a test may set, and how Twilio writes them."""

from collections.abc import Mapping
from typing import TypedDict

from twilio_sms.domain.message import Message
from twilio_sms.domain.settings import is_whole
from twilio_sms.domain.status import Status
from twilio_sms.errors import ValidationError


class MessageFacts(TypedDict, total=False):
    """What an answer says of a message besides what was sent, under Twilio's names; *price* is negative."""

    sid: str
    status: str
    num_segments: int
    num_media: int
    price: str
    price_unit: str
    error_code: int
    error_message: str
    messaging_service_sid: str


_COUNTS = ("num_segments", "num_media")  # Twilio writes them as texts


def facts_of(to: str, message: Message | None, given: Mapping[str, object]) -> dict[str, object]:
    """Return what an answer is to say, as Twilio's JSON: all of *message*, or what is *given* by name.

    Raises `ValidationError` for a message to another number, for names that are no facts, and for what no fact can be.
    """
    if message is None:
        return _facts(given)
    if given:
        raise ValidationError(f"give a message, or facts by name, not both: leave out {', '.join(given)}")
    if not isinstance(message, Message):
        raise ValidationError(
            f'an answer is a Message, or facts by name such as status="queued", is {type(message).__name__}'
        )
    if message.to != to:
        raise ValidationError("the message of an answer must be one to the number that it answers for")
    named = _facts({"sid": message.sid, "status": message.status_text, "num_segments": message.num_segments})
    return {**named, **message.raw}


def _facts(given: Mapping[str, object]) -> dict[str, object]:
    unknown = sorted(given.keys() - MessageFacts.__annotations__.keys())
    if unknown:
        raise ValidationError(
            f"{', '.join(unknown)} is no fact of an answer: it may have {', '.join(MessageFacts.__annotations__)}"
        )
    for name in (*_COUNTS, "error_code"):
        if name in given and not is_whole(given[name]):
            raise ValidationError(f"{name} must be a whole number, is {given[name]!r}")
    check_status(given.get("status", Status.QUEUED))
    return {name: str(value) if name in _COUNTS else value for name, value in given.items()}


def check_status(status: object) -> Status:
    """Return the status that is named; raise `ValidationError` for a word that Twilio does not have."""
    found = Status.parse(status) if isinstance(status, str) else Status.UNKNOWN
    if found is Status.UNKNOWN:
        words = ", ".join(each for each in Status if each is not Status.UNKNOWN)
        raise ValidationError(f"status must be one of {words}, is {status!r}")
    return found
