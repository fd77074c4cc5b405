"""How a phone number looks in a log or an error: the only place that knows."""

import re

_SHORTEST_FULL = 11
_NUMBER_IN_TEXT = re.compile(
    r"(?:\+|%2[Bb])[0-9](?:[ ().\-]{0,2}[0-9]){6,}(?![0-9A-Za-z])"  # with a plus, which may be written as in an address
    r"|(?<![0-9A-Za-z])[0-9]{10,}(?![0-9A-Za-z])"  # digits alone; fewer may be an amount
    r"|(?<![0-9])\(?[0-9]{3}\)?[ .\-]{1,2}[0-9]{3}[ .\-][0-9]{4}(?![0-9A-Za-z])"  # as written in North America
)
_NO_DIGIT = re.compile(r"[^0-9]")


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
    return _NUMBER_IN_TEXT.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    text = found[0]
    sign = "+" if text.startswith("+") else text[:3] if text.startswith("%") else ""
    return sign + mask(_NO_DIGIT.sub("", text.removeprefix(sign)))
