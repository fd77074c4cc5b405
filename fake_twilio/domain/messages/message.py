"""A message as the fake remembers it, and what happened to it."""

from collections import deque
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from itertools import repeat
from operator import attrgetter, call
from typing import Any, Self

from fake_twilio.domain.fate.chaos import CALM, Chaos
from fake_twilio.domain.fate.faults import Fault
from fake_twilio.domain.fate.lifecycle import Status, is_final, may_follow
from fake_twilio.domain.fate.outcome import PlannedReply
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.feedback import Feedback, Outcome
from fake_twilio.domain.messages.wait import Wait
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.logged import printable

PRICE_PER_SEGMENT = Decimal("0.00750")  # of a recorded answer; real prices differ by country and carrier


@dataclass(frozen=True, slots=True)
class Change:
    """A status that a message took, and when (seconds since 1970)."""

    at: float
    status: Status
    error_code: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Twist:
    """What a scenario lets happen to a message besides its statuses."""

    chaos: Chaos = CALM  # of its callbacks
    fault: Fault | None = None  # of the answer to its request
    reply: PlannedReply | None = None  # of its recipient


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Message:
    """One message; moments are seconds since 1970, in UTC."""

    sid: str
    account_sid: str
    service_sid: str | None
    to: str
    sender: str | None  # none while a messaging service has not chosen one
    intended_sender: str | None = None  # whom it will choose, if nothing changes until then
    body: str
    media_urls: tuple[str, ...]
    status_callback: str | None
    callback_method: str = "POST"
    direction: str
    segments: int
    created_at: float
    updated_at: float
    sent_at: float | None = None
    send_at: float | None = None
    validity_seconds: int
    status: Status
    error_code: int | None = None
    timeline: tuple[Change, ...]
    plan: tuple[Step, ...]
    rule: str | None
    ordinal: int = 1  # the how-manieth to its recipient that was asked for: the key to its chance
    twist: Twist | None = None
    notes: tuple[str, ...]
    deleted_media: tuple[int, ...] = ()  # their places in media_urls
    feedback: Feedback | None = None
    options: Form = ()  # what else was asked for, as it was given
    form: Form = ()  # the request that made it, as it came; none for a message that somebody sent
    wait: Wait | None = None  # in the queue of its sender; none if it found the sender free
    in_reply_to: str | None = None  # the SID of the message that it answers

    def __repr__(self) -> str:
        return printable(f"<Message {self.sid}: {self.status}, {self.sender or self.service_sid} to {self.to}>")

    def moved(self, at: float, step: Step, sender: str | None) -> "Message":
        """Return the message after *step*; *sender* is the one it leaves from, once it is queued."""
        if not may_follow(self.status, step.status):
            raise ValueError(f"{step.status} may not follow {self.status}")
        return _changed(
            self,
            status=step.status,
            error_code=step.error_code,
            sender=self.sender if step.status is Status.CANCELED else sender,
            sent_at=at if step.status in (Status.SENT, Status.RECEIVED) else self.sent_at,
            updated_at=at,
            timeline=(*self.timeline, Change(at, step.status, step.error_code)),
            plan=() if is_final(step.status) else self.plan[1:],
        )

    @property
    def price(self) -> Decimal | None:
        """What the message cost, in dollars, negative; none until it was sent."""
        return None if self.sent_at is None else -PRICE_PER_SEGMENT * self.segments

    @property
    def is_in_flight(self) -> bool:
        """Whether Twilio is still working on it: then it cannot be deleted (20009), also while a receipt is awaited."""
        return bool(self.plan)

    def redacted(self, at: float) -> Self:
        """Return the message without its text, which is gone from the request, too."""
        form = tuple(pair for pair in self.form if pair[0] != "Body")
        return replace(self, body="", form=form, updated_at=at)

    def without_media(self, place: int) -> Self:
        """Return the message without the media at *place* of all that were sent."""
        return replace(self, deleted_media=(*self.deleted_media, place))

    def reported(self, outcome: Outcome, at: float) -> Self:
        """Return the message with the customer's feedback; its own dates stay."""
        begun = self.feedback.created_at if self.feedback else at
        return replace(self, feedback=Feedback(outcome, begun, at))


_SLOTS = tuple(field.name for field in fields(Message))
_values = attrgetter(*_SLOTS)
_setters = {name: getattr(Message, name).__set__ for name in _SLOTS}


def _changed(message: Message, **changes: Any) -> Message:
    """Do what `dataclasses.replace` does in a quarter of its time: every message moves several times."""
    made = object.__new__(Message)
    deque(map(call, _setters.values(), repeat(made), _values(message)), maxlen=0)  # a loop that is not Python's
    for name, value in changes.items():
        _setters[name](made, value)
    return made


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a message, told to whoever moved the time."""

    at: float
    message_sid: str
    status: Status
    error_code: int | None = None
