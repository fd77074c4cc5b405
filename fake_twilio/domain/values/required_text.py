"""A text that stands in everything that a pattern matches, so that most patterns need not be asked."""

from collections.abc import Iterator

from fake_twilio.domain.values.patterns import Glob, Pattern
from fake_twilio.domain.values.regex import Regex

_HARD = ("|", "\\", "(?")  # what makes it hard to say what every match has
_OPTIONAL = frozenset("?*{")
_NO_TEXT = frozenset("^$.+()")
_ENDS = {"[": "]", "{": "}"}


def required_text(pattern: Pattern) -> str:
    """Return the longest text of which it is certain that every match contains it; empty if none is."""
    if isinstance(pattern, Glob):
        return max(pattern.text.replace("?", "*").split("*"), key=len)
    if isinstance(pattern, Regex) and not any(hard in pattern.text for hard in _HARD):
        return max(_runs(pattern.text), key=len, default="")
    return ""


def _runs(text: str) -> Iterator[str]:
    """Yield the runs of plain characters of a regular expression that are outside of groups and classes."""
    run, depth, at = "", 0, 0
    while at < len(text):
        one = text[at]
        if one in _NO_TEXT or one in _OPTIONAL or one == "[":
            if not depth:
                yield run[:-1] if one in _OPTIONAL else run
            run, depth = "", depth + (one == "(") - (one == ")")
            at = _end(text, at)
        elif not depth:
            run += one
        at += 1
    if not depth:
        yield run


def _end(text: str, at: int) -> int:
    """Return where what begins at a place ends: a class or a count; the end of all, if that is hard to say."""
    if text[at] not in _ENDS:
        return at
    first = at + 2 if text[at] == "[" else at + 1  # a bracket may be the first one of its class
    first += text.startswith("[^", at)
    end = text.find(_ENDS[text[at]], first)
    return len(text) if end < 0 or "[" in text[at + 1 : end] else end
