"""Which messages a list shows: searched, filtered, page after page, the newest first."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from fake_twilio.domain.messages.message import Message

PAGE_MESSAGES = 50
_INBOUND = {"in": True, "out": False}  # what is no direction is not looked at


class Filter(NamedTuple):
    """What is looked for: a text in number, body, status, error or SID; a status; a direction (``in``, ``out``)."""

    text: str = ""
    status: str = ""
    direction: str = ""

    def takes(self, message: Message) -> bool:
        """Whether a message is looked for."""
        if self.status and message.status.value != self.status:
            return False
        is_inbound = _INBOUND.get(self.direction)
        if is_inbound is not None and (message.direction == "inbound") is not is_inbound:
            return False
        return not self.text or self.text.casefold() in _searched(message)


class Page(NamedTuple):
    """A page of a list; *older* is the SID after which the next one begins, if there is one."""

    messages: list[Message]
    older: str | None


def page_of(messages: Sequence[Message], wanted: Filter, before: str = "", count: int = PAGE_MESSAGES) -> Page:
    """Return the newest *count* of *messages* that are *wanted*; with *before*, of those made before that one."""
    found = list(islice(filter(wanted.takes, _older_than(messages, before)), count + 1))
    return Page(found[:count], found[count - 1].sid if len(found) > count else None)


def _older_than(messages: Sequence[Message], before: str) -> Iterator[Message]:
    newest_first = reversed(messages)
    if before:
        for message in newest_first:
            if message.sid == before:
                break
    return newest_first


def _searched(message: Message) -> str:
    parts = (message.sid, message.to, message.sender or "", message.status.value, str(message.error_code or ""))
    return "\n".join((*parts, message.service_sid or "", message.rule or "", message.body)).casefold()
