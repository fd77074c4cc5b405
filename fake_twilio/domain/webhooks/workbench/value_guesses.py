"""What one value may have been, where an app holds another one; each rule may also hold for all values at once."""

import html
import unicodedata
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, quote_plus, unquote, unquote_plus

from fake_twilio.domain.webhooks.workbench.guess import Difference

_NOTHING = ("null", "None", "undefined", "NULL", "nil")


class Rule(NamedTuple):
    """What undoes one kind of damage: *what* is said of the value that comes of it."""

    what: str
    why: str
    undo: Callable[[str], str]

    def of_all(self) -> Difference:
        """Return the difference if all values have it."""
        return Difference(f"all values {self.what}", self.why)

    def of(self, name: str) -> Difference:
        """Return the difference if one parameter has it."""
        return Difference(f"{name} {self.what}", self.why)


def _as_utf8(codec: str) -> Callable[[str], str]:
    """Return what reads as UTF-8 the bytes that were read as *codec*."""

    def undo(value: str) -> str:
        try:
            return value.encode(codec).decode()
        except UnicodeError:
            return value

    return undo


def _plus_first(value: str) -> str:
    return f"+{value[1:]}" if value.startswith(" ") else value


def _with_returns(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\n", "\r\n")


def _something(value: str) -> str:
    return "" if value in _NOTHING else value


RULES = (
    Rule("with a + in place of the blank that comes first", "the + was decoded twice, or never encoded", _plus_first),
    Rule("with a + in place of each blank", "they were decoded twice", lambda value: value.replace(" ", "+")),
    Rule("form-decoded", "what was pasted is still form-encoded", unquote_plus),
    Rule("percent-decoded", "what was pasted is still percent-encoded", unquote),
    Rule("percent-encoded", "they were decoded twice", lambda value: quote(value, safe="", errors="replace")),
    Rule("form-encoded", "they were decoded twice", lambda value: quote_plus(value, errors="replace")),
    Rule(
        "read as UTF-8, not as latin-1", "Twilio sends UTF-8; the app reads another character set", _as_utf8("latin-1")
    ),
    Rule("read as UTF-8, not as windows-1252", "Twilio sends UTF-8; the app reads another one", _as_utf8("cp1252")),
    Rule("without blanks around", "they were pasted along, or added", str.strip),
    Rule("with line feeds alone", "a form or an editor wrote CR LF", lambda value: value.replace("\r\n", "\n")),
    Rule("with CR LF for line feeds", "the app, or what was copied from, made line feeds of them", _with_returns),
    Rule("with letters and accents as one", "they were taken apart (NFD)", lambda v: unicodedata.normalize("NFC", v)),
    Rule("with letters and accents apart", "they were joined (NFC)", lambda v: unicodedata.normalize("NFD", v)),
    Rule("with blanks that may break", "they were copied from a page", lambda value: value.replace("\u00a0", " ")),
    Rule("without HTML escapes", "they were copied from HTML, or escaped for it", html.unescape),
    Rule("blank", "a framework wrote a word in place of nothing", _something),
)
# What is taken from a value leaves no trace, so each of these is tried with one parameter only.
TRIMMED = (
    Rule("with a blank at its end", "a framework trims what it reads", lambda value: f"{value} "),
    Rule("with a blank before it", "a framework trims what it reads", lambda value: f" {value}"),
    Rule("with a line feed at its end", "a framework trims what it reads", lambda value: f"{value}\n"),
)
