"""What an opt-out is about: the brand, one sender or one service."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from twilio_sms.domain.form import to_text
from twilio_sms.domain.number_key import number_key, without_channel
from twilio_sms.errors import ValidationError
from twilio_sms.redaction import mask

_MAX_CHARACTERS = 100  # an RCS agent's name is the longest sender
_SERVICE_SID = re.compile(r"MG[0-9a-f]{32}", re.ASCII | re.IGNORECASE)


class ScopeKind(StrEnum):
    """How far an opt-out reaches."""

    BRAND = "brand"
    SENDER = "sender"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, repr=False)
class Scope:
    """The brand (all senders), or one sender or messaging service by name.

    >>> Scope.parse("sender:+15005550006") == Scope.of_sender("whatsapp:+1 500 555 0006")
    True
    """

    kind: ScopeKind
    name: str = ""

    @classmethod
    def of_sender(cls, sender: str) -> Self:
        """The scope of one number, short code, alphanumeric sender ID or RCS agent; case and channel do not count."""
        return cls(ScopeKind.SENDER, _sender_key(sender))

    @classmethod
    def of_service(cls, sid: str) -> Self:
        """The scope of one messaging service, by its SID."""
        if not isinstance(sid, str) or not _SERVICE_SID.fullmatch(sid):
            raise ValidationError("a messaging service must be MG and 32 hexadecimal digits")
        return cls(ScopeKind.SERVICE, sid[:2].upper() + sid[2:].lower())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``brand``, ``sender:…`` or ``service:MG…``."""
        kind, _, name = text.partition(":")
        if text == ScopeKind.BRAND:
            return cls(ScopeKind.BRAND)
        if kind == ScopeKind.SENDER:
            return cls.of_sender(name)
        if kind == ScopeKind.SERVICE:
            return cls.of_service(name)
        raise ValidationError("a scope must be brand, sender:<sender> or service:<messaging service SID>")

    def to_text(self) -> str:
        """Return what `parse` reads."""
        return f"{self.kind}:{self.name}" if self.name else str(self.kind)

    def __repr__(self) -> str:
        name = mask(self.name) if self.name.removeprefix("+").isdigit() else self.name
        return f"{self.kind}:{name}" if name else str(self.kind)


BRAND = Scope(ScopeKind.BRAND)


def _sender_key(sender: str) -> str:
    """Return the one form of a sender; patient, since an opt-out must not get lost by an odd address."""
    try:
        return number_key(sender)
    except ValidationError:
        name = without_channel(sender).strip().casefold() if isinstance(sender, str) else ""
    if not name or len(name) > _MAX_CHARACTERS or not name.isprintable():
        raise ValidationError(f"a sender must have 1 to {_MAX_CHARACTERS} printable characters")
    return to_text(name)
