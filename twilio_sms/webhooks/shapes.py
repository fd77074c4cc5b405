"""The exact shapes of what Twilio signs.

Source: Twilio's OpenAPI files, ``api.v2010.account.message``; E.164; "Alphanumeric Sender ID" (at most 11 characters);
channels are prefixes such as ``whatsapp:``.
"""

import re

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.parameters import Parameters

MESSAGE_SID = re.compile(r"(?:SM|MM)[0-9a-f]{32}", re.ASCII)
ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}", re.ASCII)
SERVICE_SID = re.compile(r"MG[0-9a-f]{32}", re.ASCII)
API_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
COUNT = re.compile(r"[0-9]{1,4}", re.ASCII)
STATUS = re.compile(r"[a-z]{1,20}(?:[_-][a-z]{1,20}){0,3}", re.ASCII)
ERROR_CODE = re.compile(r"[0-9]{1,6}", re.ASCII)
MEDIA_URL = re.compile(r"https?://[!-~]{1,2000}", re.ASCII)
CONTENT_TYPE = re.compile(r"(?:[A-Za-z0-9.+\-]{1,80}/[A-Za-z0-9.+\-]{1,80}(?:; ?[a-z]+=[A-Za-z0-9.\-]{1,40})*)?")
# A number or a short code, a name, or whatever another channel calls its people; numbers of other networks come without
# a plus. The parameters that come next in what is signed begin with From or To: no name may have swallowed one.
ADDRESS = re.compile(
    r"(?:[a-z]{2,20}:)?\+?[0-9]{3,20}"
    r"|(?=.*[A-Za-z])(?!.*(?:From|To)(?:City|Country|State|Zip))"
    r"(?:[A-Za-z0-9 &_.+\-]{1,11}|[a-z]{2,20}:[A-Za-z0-9_.@\-]{1,100})",
    re.ASCII,
)


def check(name: str, value: str, shape: re.Pattern[str]) -> str:
    """Return *value*, or raise `ValidationError` if it has not its shape; the value itself is not told."""
    if not shape.fullmatch(value):
        raise ValidationError(f"{name} has not the shape of one, in {len(value)} characters")
    return value


def read_optional(parameters: Parameters, name: str, shape: re.Pattern[str]) -> str | None:
    """Return the value of *name*, ``None`` if it is absent or empty; raise `ValidationError` for another shape."""
    value = parameters.find(name)
    return None if value is None else check(name, value, shape)


def read_account(parameters: Parameters, expected: str | None) -> str:
    """Return the account; raise `ValidationError` if it is another one than is *expected*."""
    sid = check("AccountSid", parameters.one("AccountSid"), ACCOUNT_SID)
    if expected is not None and sid != expected:
        raise ValidationError("AccountSid is that of another account")
    return sid


def check_equal(parameters: Parameters, value: str, *names: str) -> None:
    """Raise `ValidationError` if one of *names* is there and says another thing than *value*."""
    for name in names:
        other = parameters.find(name)
        if other is not None and other != value:
            raise ValidationError(f"{name} must say the same as its newer name")
