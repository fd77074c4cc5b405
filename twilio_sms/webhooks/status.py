"""A status callback read from its webhook."""

from datetime import UTC, datetime

from twilio_sms.domain.status import Status
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.webhooks.boundaries import check_cuts
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.shapes import (
    ADDRESS,
    API_VERSION,
    ERROR_CODE,
    MESSAGE_SID,
    SERVICE_SID,
    STATUS,
    check,
    check_equal,
    read_account,
    read_optional,
)

_SHAPED = frozenset(
    {"MessageSid", "SmsSid", "MessageStatus", "SmsStatus", "AccountSid", "ApiVersion", "To", "From", "ErrorCode"}
    | {"MessagingServiceSid"}
)
_KNOWN = _SHAPED | {"RawDlrDoneDate"}


def read_status_update(parameters: Parameters, account_sid: str | None) -> StatusUpdate:
    """Read a verified webhook; raise `ValidationError` if it is no status callback of *account_sid*.

    What is not known is kept, never refused: Twilio adds parameters, and statuses too.
    """
    sid = check("MessageSid", parameters.one("MessageSid"), MESSAGE_SID)
    status = check("MessageStatus", parameters.one("MessageStatus"), STATUS)
    check_equal(parameters, sid, "SmsSid")
    check_equal(parameters, status, "SmsStatus")
    check_cuts(parameters, _SHAPED, _KNOWN)
    read_optional(parameters, "ApiVersion", API_VERSION)
    return StatusUpdate(
        message_sid=sid,
        status=Status.parse(status),
        status_text=status,
        account_sid=read_account(parameters, account_sid),
        to=check("To", parameters.one("To"), ADDRESS),
        from_=read_optional(parameters, "From", ADDRESS) or "",  # of a service that failed before it chose one
        messaging_service_sid=read_optional(parameters, "MessagingServiceSid", SERVICE_SID),
        error_code=int(read_optional(parameters, "ErrorCode", ERROR_CODE) or 0) or None,
        carrier_time=_carrier_time(parameters.find("RawDlrDoneDate")),
        extra=parameters.without(_KNOWN),
    )


def _carrier_time(text: str | None) -> datetime | None:
    """Return ``YYMMDDhhmm``; carriers write other things too, which are no reason to lose a status."""
    try:
        return datetime.strptime(text, "%y%m%d%H%M").replace(tzinfo=UTC) if text else None
    except ValueError:
        return None
