"""Percent-escapes, written in small letters or in capitals."""

import re

_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")


def in_small_letters(text: str) -> str:
    """Return *text* with its escapes as ``%2f``."""
    return _ESCAPE.sub(lambda found: found[0].lower(), text)


def in_capitals(text: str) -> str:
    """Return *text* with its escapes as ``%2F``."""
    return _ESCAPE.sub(lambda found: found[0].upper(), text)
