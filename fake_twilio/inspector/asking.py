"""The request that made a message, as it can be made again: what is past or gone is put right."""

import math
from typing import NamedTuple

from fake_twilio.domain.messages.creation import SCHEDULE_SECONDS
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.dates import iso8601

GONE = "(redacted)"
_CONTENT = frozenset({"Body", "MediaUrl", "ContentSid"})
_SLACK_SECONDS = 60  # for who pastes it, and for clocks that differ


class Asking(NamedTuple):
    """A request to be made again.

    It is to be sent at *send_at*, in seconds since 1970 and in the run's time, if it is scheduled at all:
    *lead_seconds* ahead. *notes* are for the one who pastes it, in words that are all our own.
    """

    form: Form
    send_at: float | None = None
    lead_seconds: int = 0
    notes: tuple[str, ...] = ()


def asking_of(message: Message, now: float) -> Asking:
    """Return the request of *message*; *now* is in seconds since 1970, in the run's time."""
    asking = Asking(message.form)
    if not any(name in _CONTENT and value for name, value in message.form):
        note = "The text was redacted: another one stands in its place."
        asking = asking._replace(form=(*asking.form, ("Body", GONE)), notes=(note,))
    return asking if message.send_at is None else _scheduled(asking, message, message.send_at, now)


def _scheduled(asking: Asking, message: Message, send_at: float, now: float) -> Asking:
    """Return the request with a moment that is still to come: if the first one is past, as far ahead as that was."""
    soonest, latest = SCHEDULE_SECONDS
    lead = math.ceil(send_at - message.created_at)
    lead = min(max(lead, soonest + _SLACK_SECONDS), latest - _SLACK_SECONDS)
    asking = asking._replace(send_at=send_at, lead_seconds=lead)
    if send_at - now >= soonest + _SLACK_SECONDS:
        return asking
    note = f"SendAt was {iso8601(send_at)}: now it is {lead} s ahead of {iso8601(now)}, as far as it was then."
    form = tuple((name, iso8601(now + lead) if name == "SendAt" else value) for name, value in asking.form)
    return asking._replace(form=form, send_at=now + lead, notes=(*asking.notes, note))
