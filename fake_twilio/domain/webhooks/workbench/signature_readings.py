"""A signature as it was pasted, and as it may have left."""

import re
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import unquote

from fake_twilio.domain.webhooks.workbench.guess import Difference, Guess

_HEADER = re.compile(r"\s*X-Twilio-Signature\s*:", re.IGNORECASE)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})")
_WHOLE = re.compile(r"(?:[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=)")


def signature_readings(text: str) -> list[Guess]:
    """Return the signature *text* as it stands and, where that is another, as it may have been before it was pasted."""
    read = Guess(text)
    for difference, undo in _STEPS:
        undone = undo(read.text)
        if undone != read.text:
            read = Guess(undone, (*read.differences, difference))
    return [Guess(text), read] if read.differences else [Guess(text)]


def oddity(text: str) -> str:
    """Return what is strange about a signature, nothing if it looks like one."""
    if _WHOLE.fullmatch(text):
        return ""
    return f"28 characters of base64, or 44 for HMAC-SHA256, are a signature; this has {len(text)}"


def _with_end(text: str) -> str:
    return f"{text}=" if _WHOLE.fullmatch(f"{text}=") else text


def _from_hex(text: str) -> str:
    return b64encode(bytes.fromhex(text)).decode() if _HEX.fullmatch(text) else text


_STEPS: tuple[tuple[Difference, Callable[[str], str]], ...] = (
    (
        Difference("the signature without the name of its header", "it was pasted along"),
        lambda text: _HEADER.sub("", text),
    ),
    (
        Difference("the signature without blanks or quotes around it", "they were pasted along"),
        lambda t: t.strip(" \t\r\n\"'"),
    ),
    (Difference("the signature percent-decoded", "it came out of a URL"), unquote),
    (Difference("+ in place of the blanks in the signature", "it went through a form"), lambda t: t.replace(" ", "+")),
    (
        Difference("+ and / in place of - and _ in the signature", "Twilio writes plain base64, not that for URLs"),
        lambda text: text.replace("-", "+").replace("_", "/"),
    ),
    (Difference("the = at the end of the signature", "it was not copied along"), _with_end),
    (Difference("the signature in base64, not in hexadecimal digits", "Twilio writes base64"), _from_hex),
)
