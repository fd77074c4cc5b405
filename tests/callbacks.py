"""What tests of status callbacks hand in."""

from typing import Any

from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER
from twilio_sms.domain.status import Status
from twilio_sms.domain.status_update import StatusUpdate


def told(text: str, error_code: int | None = None, sid: str = MESSAGE_SID, **changes: Any) -> StatusUpdate:
    """Return what a callback with the status *text* says."""
    return StatusUpdate(
        message_sid=sid,
        status=Status.parse(text),
        status_text=text,
        account_sid=ACCOUNT_SID,
        to=RECIPIENT,
        from_=SENDER,
        error_code=error_code,
        **changes,
    )
