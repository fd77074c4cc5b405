"""What kind of sender a text is, for Twilio's rates go by it."""

from enum import Enum

# NANP toll-free area codes that are in use.
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
_NANP_CHARACTERS = 12  # +1, area code, seven digits


class SenderKind(Enum):
    """What a message comes from."""

    LONG_CODE = "long code"
    TOLL_FREE = "toll-free number"
    SHORT_CODE = "short code"
    OTHER = "alphanumeric sender ID or messaging service"


def sender_kind(text: str) -> SenderKind:
    """Return the kind of a well-formed sender, or of the SID of a messaging service.

    >>> sender_kind("+18005550100")
    <SenderKind.TOLL_FREE: 'toll-free number'>
    """
    if text.isdigit():
        return SenderKind.SHORT_CODE
    if not text.removeprefix("+").isdigit():
        return SenderKind.OTHER
    if text.startswith("+1") and text[2:5] in _TOLL_FREE and len(text) == _NANP_CHARACTERS:
        return SenderKind.TOLL_FREE
    return SenderKind.LONG_CODE
