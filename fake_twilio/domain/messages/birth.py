"""How a message begins: its first status, its text as it is sent, and the steps that it will take."""

from dataclasses import dataclass

from fake_twilio.domain.accounts.service import VALIDITY_SECONDS
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.creation import Submission
from fake_twilio.domain.messages.message import Change, Message, Twist
from fake_twilio.domain.messages.validity import within_validity
from twilio_sms.domain.segments import count_segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What a world has in store for a message: the steps after ``queued``, by which rule, and who will send it."""

    steps: tuple[Step, ...] = ()
    rule: str | None = None
    ordinal: int = 1
    twist: Twist | None = None
    intended_sender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a message is made by, and what comes of that; a request to the API, unless it says another."""

    direction: str = "outbound-api"
    callback_method: str = "POST"
    error_code: int | None = None  # with which it fails at once, whatever the world has in store for it
    in_reply_to: str | None = None  # the SID of the message that it answers


BY_API = Occasion()


def new_message(
    wanted: Submission, fate: Fate, *, sid: str, account_sid: str, now: float, occasion: Occasion = BY_API
) -> Message:
    """Return the message at its beginning; *now* is in seconds since 1970."""
    code = occasion.error_code
    steps = fate.steps if code is None else (Step(Status.FAILED, 0.0, code),)
    status, plan = _beginning(wanted, now, within_validity(steps, wanted.validity_seconds))
    counted = count_segments(wanted.body, smart_encoding=wanted.smart_encoded)
    return Message(
        sid=sid,
        account_sid=account_sid,
        service_sid=wanted.service_sid,
        to=wanted.to,
        sender=wanted.sender,
        intended_sender=fate.intended_sender,
        body=counted.text,  # Twilio: the final text, with Smart Encoding's replacements
        media_urls=wanted.media_urls,
        status_callback=wanted.status_callback,
        callback_method=occasion.callback_method,
        direction=occasion.direction,
        segments=counted.segments,
        created_at=now,
        updated_at=now,
        send_at=wanted.send_at,
        validity_seconds=wanted.validity_seconds,
        status=status,
        timeline=(Change(now, status),),
        plan=plan,
        rule=fate.rule,
        ordinal=fate.ordinal,
        twist=fate.twist,
        options=wanted.options,
        form=wanted.form,
        in_reply_to=occasion.in_reply_to,
        notes=tuple(f"unknown parameter {name} was ignored" for name in wanted.unknown_parameters),
    )


def received_message(
    *,
    sid: str,
    account_sid: str,
    service_sid: str | None,
    sender: str,
    to: str,
    body: str,
    media_urls: tuple[str, ...],
    now: float,
    in_reply_to: str | None = None,
) -> Message:
    """Return a message that somebody sent, which is received at once; one with media has one segment."""
    return Message(
        sid=sid,
        account_sid=account_sid,
        service_sid=service_sid,
        to=to,
        sender=sender,
        body=body,
        media_urls=media_urls,
        status_callback=None,
        direction="inbound",
        segments=1 if media_urls else count_segments(body).segments,
        created_at=now,
        updated_at=now,
        validity_seconds=VALIDITY_SECONDS[-1],
        status=Status.RECEIVING,
        timeline=(Change(now, Status.RECEIVING),),
        plan=(Step(Status.RECEIVED, 0.0),),
        rule=None,
        notes=(),
        in_reply_to=in_reply_to,
    )


def _beginning(wanted: Submission, now: float, steps: tuple[Step, ...]) -> tuple[Status, tuple[Step, ...]]:
    """Return the first status and the steps to come: a messaging service takes a message before it queues it."""
    if wanted.send_at is not None:
        return Status.SCHEDULED, (Step(Status.QUEUED, wanted.send_at - now), *steps)
    if wanted.sender is None:
        return Status.ACCEPTED, (Step(Status.QUEUED, 0.0), *steps)
    return Status.QUEUED, steps
