"""Which values a cassette may hold as they are, and what kind of thing every other one is.

The list of what is kept is closed: statuses, counts, prices, dates, codes. Whatever else comes, in a field that is new
to us too, is a number, a SID, an address or a text of somebody, and something stands in for it.
"""

import re
from enum import Enum

KEPT = frozenset(
    {
        *("ValidityPeriod", "SmartEncoded", "ScheduleType", "SendAt", "ProvideFeedback", "Attempt", "ForceDelivery"),
        *("ContentRetention", "AddressRetention", "TrafficType", "ShortenUrls", "SendAsMms", "RiskCheck", "MaxPrice"),
        *("Status", "PageSize", "Page", "DateSent", "DateSent>", "DateSent<", "Fields", "CountryCode"),
        *("status", "direction", "num_segments", "num_media", "price", "price_unit", "error_code", "api_version"),
        *("date_created", "date_updated", "date_sent", "code", "page", "page_size", "start", "end"),
        *("country_code", "calling_country_code", "type", "valid"),
    }
)
SENDERS = frozenset({"To", "From", "to", "from"})
TOLD = frozenset({"message", "error_message"})  # Twilio's own words, which may quote what was sent
EMBEDDED_SID = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9a-fA-F]{32}(?![0-9A-Za-z])", re.ASCII)
EMBEDDED_NUMBER = re.compile(r"(?:\+|%2B)[1-9][0-9]{6,14}(?![0-9])", re.ASCII)
STAND_IN_TEXT = re.compile(r"Text [0-9]+", re.ASCII)
_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}", re.ASCII)
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_SHORT_CODE = re.compile(r"[0-9]{3,8}", re.ASCII)
_CODE_PAGE = re.compile(r"https://www\.twilio\.com/docs/(?:api/)?errors/[0-9]{5}", re.ASCII)
# A word or a list of them, a count, an amount, a day, a moment. A number of somebody's is none, however it is written.
_KEPT_VALUE = re.compile(
    r"[A-Za-z_,]{1,40}"
    r"|-?[0-9]{1,6}(?:\.[0-9]{1,6})?"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+\-][0-9]{2}:[0-9]{2}))?"
    r"|[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} [+\-][0-9]{4}",
    re.ASCII,
)


class Kind(Enum):
    """What kind of thing a value is."""

    KEPT = "kept"
    SID = "SID"
    NUMBER = "number"
    SHORT_CODE = "short code"
    NAME = "sender ID"
    ADDRESS = "address"
    PATH = "path"
    TEXT = "text"


def kind_of(name: str, value: str) -> Kind:
    """Return what kind of thing stands in a field; only what both name and value allow is kept as it is."""
    if not value or (name in KEPT and _KEPT_VALUE.fullmatch(value)) or _CODE_PAGE.fullmatch(value):
        return Kind.KEPT
    if _SID.fullmatch(value):
        return Kind.SID
    if _E164.fullmatch(value):
        return Kind.NUMBER
    if name in SENDERS:
        return Kind.SHORT_CODE if _SHORT_CODE.fullmatch(value) else Kind.NAME
    if value.startswith(("http://", "https://")):
        return Kind.ADDRESS
    return Kind.PATH if value.startswith("/") and name.lower().endswith(("uri", "url", "media", "path")) else Kind.TEXT
