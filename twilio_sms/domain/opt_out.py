"""Who opted out of what: facts, and what follows from them.

A fact is an event: at that time this number opted out of this scope, or back in. Nothing is ever taken back; the newest
fact counts. The scope is the whole brand (every sender of the account), one sender, or one messaging service.

A recipient speaks in a conversation with one sender or service, and what is said there counts there: START to one
number does not undo a STOP that was sent to another, though both opt-outs are of the whole brand. So the newest event
counts for each pair of scope and conversation. An event outside any conversation, such as one of the API, speaks for
its scope as a whole: an opt-in of that kind lifts every older opt-out of the scope. The order in which events arrive,
and how often, changes nothing.

An opt-in counts only if it is newer. Twilio's times are whole seconds, so at the same time the opt-out wins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from twilio_sms.domain.form import to_text, to_utc
from twilio_sms.domain.number_key import number_key
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.errors import ValidationError
from twilio_sms.redaction import mask


class State(StrEnum):
    """What an event says."""

    OPTED_OUT = "opted-out"
    OPTED_IN = "opted-in"


class MaySend(StrEnum):
    """Whether a message may be sent. Unknown is no."""

    ALLOWED = "allowed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OptOutEvent:
    """One fact about a number; one that exists is well-formed, with its times in UTC.

    *source* says how it became known (``"keyword"``, ``"twilio-21610"``, ``"api"``, ``"import"``, ``"web-form"``),
    *evidence* is the SID that proves it, *conversation* the sender or service to which the recipient spoke.
    *event_time* is when it became so, *received_time* when this list learned it.
    """

    number: str
    scope: Scope
    state: State
    source: str
    event_time: datetime
    received_time: datetime
    evidence: str | None = None
    conversation: Scope | None = None
    actor: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", number_key(self.number))
        _check_scope("scope", self.scope)
        if self.conversation is not None:
            _check_scope("conversation", self.conversation)
        for name in ("event_time", "received_time"):
            object.__setattr__(self, name, to_utc(getattr(self, name)))
        if not self.source:
            raise ValidationError("source must say how the opt-out became known, is empty")
        for name in ("source", "evidence", "actor", "note"):
            _check_text(name, getattr(self, name))

    @property
    def rank(self) -> tuple[datetime, bool, str]:
        """What is newer ranks higher; at the same time an opt-out does, and then the evidence decides."""
        return self.event_time, self.state is State.OPTED_OUT, self.evidence or ""

    @property
    def identity(self) -> tuple[object, ...]:
        """What two deliveries of the same fact share: its evidence or, without one, its source and time."""
        proof = (self.evidence,) if self.evidence else (self.source, self.event_time)
        return self.number, self.scope, self.conversation, self.state, *proof

    def __repr__(self) -> str:
        return f"OptOutEvent({mask(self.number)} {self.state} of {self.scope!r} by {self.source})"


def _check_scope(name: str, scope: object) -> None:
    if not isinstance(scope, Scope):
        raise ValidationError(f"{name} must be a Scope, such as Scope.of_sender('+1…'), is {type(scope).__name__}")


def _check_text(name: str, text: object) -> None:
    """Refuse what a store would give back as something else: its row would count as damaged ever after."""
    if text is not None and not isinstance(text, str):
        raise ValidationError(f"{name} must be a text, is {type(text).__name__}")
    to_text(text or "")


def newest(events: Iterable[OptOutEvent]) -> tuple[OptOutEvent, ...]:
    """Return the newest of one number's *events* for each scope and conversation."""
    found: dict[tuple[Scope, Scope | None], OptOutEvent] = {}
    for event in events:
        place = event.scope, event.conversation
        if place not in found or found[place].rank < event.rank:
            found[place] = event
    return tuple(found.values())


def find_block(current: tuple[OptOutEvent, ...], sender: str | None, service: str | None) -> OptOutEvent | None:
    """Return the newest opt-out in *current* that forbids a message from *sender* through *service*, or ``None``.

    *current* is what `newest` returned. The brand is always covered, a sender or service only by its own name: which
    numbers Twilio may choose from a service is not known here.
    """
    if not current:
        return None
    covering = {BRAND, *_named(sender, service)}
    blocks = [event for event in current if event.scope in covering and _stands(event, current)]
    return max(blocks, key=lambda event: event.rank, default=None)


def _named(sender: str | None, service: str | None) -> Iterable[Scope]:
    if sender:
        yield Scope.of_sender(sender)
    if service:
        yield Scope.of_service(service)


def _stands(event: OptOutEvent, current: tuple[OptOutEvent, ...]) -> bool:
    """Whether *event* is an opt-out that no newer opt-in of its whole scope lifts."""
    return event.state is State.OPTED_OUT and not any(
        other.scope == event.scope
        and other.conversation is None
        and other.state is State.OPTED_IN
        and other.rank > event.rank
        for other in current
    )
