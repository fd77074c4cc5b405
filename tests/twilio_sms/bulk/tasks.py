"""Tasks of bulks, and what they bring back, for tests."""

from datetime import UTC, datetime
from typing import Any

from tests.doubles import RECIPIENT, SENDER, message_json
from twilio_sms.bulk.states import State
from twilio_sms.bulk.tasks import Look, Send, Sent
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.message import Message
from twilio_sms.errors import Evidence, TwilioError
from twilio_sms.verdict import Verdict

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def draft(*, to: str = RECIPIENT, from_: str = SENDER, body: str = "hello", **options: Any) -> Draft:
    return Draft.parse(to=to, from_=from_, body=body, options=options)


def send(index: int = 0, *, segments: int = 1, **changes: Any) -> Send:
    return Send(**{"index": index, "key": f"row {index}", "draft": draft(), "segments": segments, **changes})


def look(index: int = 0, **changes: Any) -> Look:
    given = {
        "row": send(index),
        "since": BEGAN,
        "state": State.UNKNOWN,
        "settles_at": 120.0,
        "rest_seconds": 15.0,
    }
    return Look(**{**given, **changes})


def message(sid: str = "SM" + "0c" * 16) -> Message:
    return Message.from_json(message_json(sid=sid))


def accepted(row: Send, sid: str = "SM" + "0c" * 16) -> Sent:
    return Sent(row=row, is_marked=True, outcome=message(sid))


def failed(row: Send, error: TwilioError, *, is_marked: bool = True) -> Sent:
    return Sent(row=row, is_marked=is_marked, outcome=error)


def failure(kind: type[TwilioError], **facts: Any) -> TwilioError:
    """Make an error that knows when its first try began."""
    return kind("why", Evidence(**{"started_at": BEGAN, **facts}))


def lost(kind: type[TwilioError]) -> TwilioError:
    return failure(kind, verdict=Verdict.UNKNOWN)
