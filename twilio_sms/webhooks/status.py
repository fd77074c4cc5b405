"""A status callback read from its webhook."""

from datetime import UTC, datetime

from twilio_sms.domain.status import Status
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.shapes import (
    ACCOUNT_SID,
    ADDRESS,
    ERROR_CODE,
    MESSAGE_SID,
    SERVICE_SID,
    STATUS,
    check,
    check_equal,
)

_KNOWN = frozenset(
    {"MessageSid", "SmsSid", "MessageStatus", "SmsStatus", "AccountSid", "ApiVersion", "To", "From", "ErrorCode"}
    | {"MessagingServiceSid", "RawDlrDoneDate"}
)


def read_status_update(parameters: Parameters, account_sid: str | None) -> StatusUpdate:
    """Read a verified webhook; raise `ValidationError` if it is no status callback of *account_sid*.

    What is not known is kept, never refused: Twilio adds parameters, and statuses too.
    """
    sid = check("MessageSid", parameters.one("MessageSid"), MESSAGE_SID)
    status = check("MessageStatus", parameters.one("MessageStatus"), STATUS)
    check_equal(parameters, sid, "SmsSid")
    check_equal(parameters, status, "SmsStatus")
    account = check("AccountSid", parameters.one("AccountSid"), ACCOUNT_SID)
    if account_sid is not None and account != account_sid:
        raise ValidationError("AccountSid is that of another account")
    code, service = parameters.find("ErrorCode"), parameters.find("MessagingServiceSid")
    return StatusUpdate(
        message_sid=sid,
        status=Status.parse(status),
        status_text=status,
        account_sid=account,
        to=check("To", parameters.one("To"), ADDRESS),
        from_=_sender(parameters),
        messaging_service_sid=check("MessagingServiceSid", service, SERVICE_SID) if service else None,
        error_code=int(check("ErrorCode", code, ERROR_CODE)) or None if code else None,
        carrier_time=_carrier_time(parameters.find("RawDlrDoneDate")),
        extra=parameters.without(_KNOWN),
    )


def _sender(parameters: Parameters) -> str:
    """Return the sender; a message of a service that failed before one was chosen has none."""
    sender = parameters.find("From")
    return check("From", sender, ADDRESS) if sender else ""


def _carrier_time(text: str | None) -> datetime | None:
    """Return ``YYMMDDhhmm``; carriers write other things too, which are no reason to lose a status."""
    try:
        return datetime.strptime(text, "%y%m%d%H%M").replace(tzinfo=UTC) if text else None
    except ValueError:
        return None
