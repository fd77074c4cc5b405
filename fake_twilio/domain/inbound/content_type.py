"""The header Content-Type of an answer: what kind it is of, and how its text is to be read.

Inferred: what is no media type is none, what is no charset for text counts as UTF-8, and so do the codecs that only
Python knows. What no text can hold is replaced.
"""

import codecs
import re

UTF_8 = "utf-8"
NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_TYPE = re.compile(r"[!#$&^_.+a-z0-9-]{1,127}/[!#$&^_.+a-z0-9-]{1,127}")
_CHARSET = re.compile(r"""charset=["']?([^"']*)""", re.IGNORECASE)


def read_content_type(header: str | None) -> tuple[str, str]:
    """Return the media type in small letters, empty if there is none, and the charset."""
    kind, *parameters = (header or "").split(";")
    kind = kind.strip().lower()
    found = [match[1] for parameter in parameters if (match := _CHARSET.match(parameter.strip()))]
    return kind if _TYPE.fullmatch(kind) else "", found[0].strip() if found else UTF_8


def decoded(body: bytes, charset: str) -> str:
    """Return *body* as a text that can be written as UTF-8, whatever it is and whatever the charset."""
    try:
        text = body.decode(_codec(charset), "replace")
    except (LookupError, UnicodeError):  # a codec that is none for text
        text = body.decode(UTF_8, "replace")
    return text.encode(UTF_8, "replace").decode(UTF_8)


def _codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):  # the second: of a NUL
        return UTF_8
    return UTF_8 if name.replace("_", "-") in NO_CHARSETS else name
