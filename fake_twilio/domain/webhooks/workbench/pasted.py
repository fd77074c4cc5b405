"""Parameters as a person pastes them: a body, lines, or JSON.

A text is read as what it looks like. What cannot be told apart (is a ``+`` a plus or a space?) is left to the guesses.
"""

import json
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from fake_twilio.domain.twilio.form import Form


class Reading(StrEnum):
    """How a text was read."""

    NOTHING = "none"
    FORM = "a form-encoded body"
    LINES = "lines of name=value, as they stand"
    OBJECT = "a JSON object of parameters"
    BODY = "a JSON body, which is signed by its hash in the URL"


class Pasted(NamedTuple):
    """What was read: the parameters, and the text that they, or a JSON body, were read from."""

    reading: Reading
    form: Form = ()
    text: str = ""


def read_parameters(text: str, *, is_hashed: bool = False) -> Pasted:
    """Read a pasted *text*; whatever it is, it never raises.

    *is_hashed* is whether the URL holds the hash of a body: then JSON is that body, else an object has the parameters.
    """
    if not text.strip():
        return Pasted(Reading.NOTHING)
    if text.lstrip().startswith(("{", "[")):
        return _read_json(text, is_hashed=is_hashed)
    return _read_plain(text)


def _read_json(text: str, *, is_hashed: bool) -> Pasted:
    if is_hashed:
        return Pasted(Reading.BODY, (), text)
    try:
        tree = json.loads(text)
        return Pasted(Reading.OBJECT, _pairs(tree), text) if isinstance(tree, dict) else Pasted(Reading.BODY, (), text)
    except (ValueError, RecursionError):
        return _read_plain(text)


def _pairs(tree: dict[str, Any]) -> Form:
    listed = ((name, value if isinstance(value, list) else [value]) for name, value in tree.items())
    return tuple((name, _text(value)) for name, values in listed for value in values)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


def _read_plain(text: str) -> Pasted:
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if len(lines) > 1:
        return Pasted(Reading.LINES, _read_lines(lines), text)
    return Pasted(Reading.FORM, tuple(parse_qsl(text.strip(), keep_blank_values=True)), text.strip())


def _read_lines(lines: list[str]) -> Form:
    """Read each line as one parameter; one without ``=`` goes on with the value before it."""
    found: list[tuple[str, str]] = []
    for line in lines:
        name, mark, value = line.partition("=")
        if mark or not found:
            found.append((name.strip(), value))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
    return tuple(found)
