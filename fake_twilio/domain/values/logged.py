"""What a log line may show: nothing that drives a terminal, and no whole phone number."""

import re

_NUMBER = re.compile(r"(?<![0-9A-Za-z])\+?[0-9]{7,}(?![0-9A-Za-z])")


def printable(text: str) -> str:
    """Return *text* without control characters and whole phone numbers."""
    plain = "".join(character if character.isprintable() else "?" for character in text)
    return _NUMBER.sub(lambda found: masked_number(found[0]), plain)


def masked_number(number: str) -> str:
    """Return *number* with its middle hidden: ``+1555***4567``; a short one shows less."""
    return f"{number[:5]}***{number[-4:]}" if len(number) > 11 else f"{number[:2]}***"
