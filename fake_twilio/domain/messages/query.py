"""Which messages a list asks for, and from where on."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Self

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.values.dates import Interval, interval
from fake_twilio.domain.values.sids import is_message_sid

ALWAYS: Interval = (-inf, inf)


@dataclass(frozen=True, slots=True)
class Query:
    """The filters of a list; both ends of the interval are included."""

    to: str | None = None
    sender: str | None = None
    sent: Interval = ALWAYS

    @classmethod
    def from_form(cls, form: Form) -> Self:
        """Read ``To``, ``From``, ``DateSent``, ``DateSent<`` and ``DateSent>``; all that are given must hold."""
        return cls(
            to=first(form, "To") or None, sender=first(form, "From") or None, sent=read_interval(form, "DateSent")
        )

    def matches(self, message: Message) -> bool:
        """Whether *message* is wanted."""
        if self.to is not None and message.to != self.to:
            return False
        if self.sender is not None and message.sender != self.sender:
            return False
        if self.sent is ALWAYS:
            return True
        begin, end = self.sent
        return message.sent_at is not None and begin <= message.sent_at <= end

    def may_follow(self, message: Message) -> bool:
        """Whether *message*, or one that was made after it, may be wanted: none is sent before it is made."""
        return message.created_at <= self.sent[1]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: behind an entry, or before it. Written as Twilio writes a PageToken: ``PA`` and a SID."""

    sid: str | None = None
    is_backward: bool = False

    @classmethod
    def parse(cls, token: str | None, is_sid: Callable[[str], bool] = is_message_sid) -> Self:
        """Read a page token whose SID *is_sid* knows; raise Twilio's refusal 21481 for anything else."""
        if not token:
            return cls()
        if token[:2] not in ("PA", "PB") or not is_sid(token[2:]):
            raise refusal(21481)
        return cls(token[2:], token.startswith("PB"))

    def __str__(self) -> str:
        return f"{'PB' if self.is_backward else 'PA'}{self.sid}"


def read_interval(form: Form, key: str) -> Interval:
    """Read the dates of *key*; Twilio: "DateSent<" means on and before that date, "DateSent>" on and after it."""
    begin, end = ALWAYS
    for name, value in form:
        if name not in (key, f"{key}<", f"{key}>") or not value:
            continue
        try:
            first_moment, last_moment = interval(value)
        except ValueError:
            raise refusal(20001) from None
        if name in (key, f"{key}>"):
            begin = max(begin, first_moment)
        if name in (key, f"{key}<"):
            end = min(end, last_moment)
    return (begin, end) if (begin, end) != ALWAYS else ALWAYS
