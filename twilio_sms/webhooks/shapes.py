"""The exact shapes of what Twilio signs.

Source: Twilio's OpenAPI files, ``api.v2010.account.message``; E.164; channels are prefixes such as ``whatsapp:``.
"""

import re

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.parameters import Parameters

MESSAGE_SID = re.compile(r"(?:SM|MM)[0-9a-f]{32}", re.ASCII)
ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}", re.ASCII)
SERVICE_SID = re.compile(r"MG[0-9a-f]{32}", re.ASCII)
COUNT = re.compile(r"[0-9]{1,4}", re.ASCII)
STATUS = re.compile(r"[a-z]{1,20}(?:[_-][a-z]{1,20}){0,3}", re.ASCII)
ERROR_CODE = re.compile(r"[0-9]{1,6}", re.ASCII)
# A number, a short code or a name, on any channel; numbers of other networks come without a plus.
ADDRESS = re.compile(r"(?:[a-z]{2,20}:)?(?:\+?[0-9]{3,20}|[A-Za-z0-9 &_.+\-]{1,100})", re.ASCII)


def check(name: str, value: str, shape: re.Pattern[str]) -> str:
    """Return *value*, or raise `ValidationError` if it has not its shape; the value itself is not told."""
    if not shape.fullmatch(value):
        raise ValidationError(f"{name} has not the shape of one, in {len(value)} characters")
    return value


def check_equal(parameters: Parameters, value: str, *names: str) -> None:
    """Raise `ValidationError` if one of *names* is there and says another thing than *value*."""
    for name in names:
        other = parameters.find(name)
        if other is not None and other != value:
            raise ValidationError(f"{name} must say the same as its newer name")
