"""The one form of a number by which opt-outs are kept.

The same telephone comes as ``+15551234567``, as ``whatsapp:+15551234567`` and, out of a customer's table, as
``+1 (555) 123-4567``. All of them must find the same opt-out, so all go through `number_key`. It takes only what can
mean one number. Refused are national numbers, and ``00`` in the place of the plus: in Brazil and in Korea other digits
follow it than a country code. So is ``+44 (0)20 …``, whose zero is dialled only within the country.
"""

import re
from unicodedata import category, normalize

from twilio_sms.domain.phone import PhoneNumber

# Twilio writes the channel of an address before it: docs "WhatsApp", "RCS Business Messaging".
_CHANNEL = re.compile(r"\s*(?:whatsapp|rcs|sms|mms):\s*", re.ASCII | re.IGNORECASE)
_SEPARATORS = frozenset(" .()")
_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Pd"})  # marks of direction, tabs, spaces of any width, dashes
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)", re.ASCII)


def number_key(text: str) -> str:
    """Return *text* in E.164 form without its channel; raises `ValidationError` if it is not clearly one number.

    >>> number_key("whatsapp:+1 (555) 123-4567")
    '+15551234567'
    """
    if isinstance(text, str) and not (text.isascii() and text[:1] == "+" and text[1:].isdigit()):
        return PhoneNumber.parse(_plain(text)).e164
    return PhoneNumber.parse(text).e164


def without_channel(address: str) -> str:
    """Return *address* without ``whatsapp:``, ``rcs:``, ``sms:`` or ``mms:`` before it."""
    return _CHANNEL.sub("", address, count=1) if _CHANNEL.match(address) else address


def _plain(text: str) -> str:
    """Return *text* with nothing between its digits; what is not clear stays as it is, and is refused."""
    number = without_channel(normalize("NFKC", text))
    if _TRUNK_ZERO.search(number):
        return text
    return "".join(char for char in number if char not in _SEPARATORS and category(char) not in _INVISIBLE)
