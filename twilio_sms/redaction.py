"""How a phone number looks in a log or an error: the only place that knows."""

import re

_SHORTEST_FULL = 11
# The plus may be written as in an address.
_NUMBER_IN_TEXT = re.compile(r"(?:%2[Bb]|(?<![0-9A-Za-z])\+?)([0-9]{7,15})(?![0-9A-Za-z])")


def mask(number: str) -> str:
    """Return *number* with its middle hidden: ``+1555***4567``.

    A number of fewer than 11 digits shows less (``+1*********67``, always as wide), so that at least three digits
    stay hidden and the length stays unknown.
    """
    digits = number.removeprefix("+")
    plus = number[: len(number) - len(digits)]
    if len(digits) >= _SHORTEST_FULL:
        return f"{plus}{digits[:4]}***{digits[-4:]}"
    if len(digits) >= 6:
        return f"{plus}{digits[:1]}*********{digits[-2:]}"
    return f"{plus}*********"


def mask_numbers(text: str) -> str:
    """Return *text* with each phone number in it masked; Twilio's own masks (``+1555123XXXX``) stay."""
    return _NUMBER_IN_TEXT.sub(lambda found: found[0].removesuffix(found[1]) + mask(found[1]), text)
