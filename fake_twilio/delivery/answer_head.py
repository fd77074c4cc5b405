"""The head of an answer in its usual form, read at once.

The standard library reads headers with its parser for mails, which takes more of a webhook's time than sending it does.
Usual is a head that has come whole, of plain characters, and says how long its body is. Of any other form nothing is
read here, so that `http.client` can: it knows all that servers do.
"""

import io
import re
from collections.abc import Mapping, Sequence
from http.client import HTTPResponse
from typing import NamedTuple, Self

_USUAL = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9]{2}) [\x20-\x7e]*\r\n((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n){0,64})\r\n"
)
_LENGTH = re.compile(r"[0-9]{1,9}", re.ASCII)
_BODILESS = (204, 304)


class AnswerHead(NamedTuple):
    """The status of an answer and its headers: their values by their names in lower case, in their order."""

    status: int
    headers: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, response: HTTPResponse) -> Self:
        """Return the head that `http.client` has read."""
        headers: dict[str, list[str]] = {}
        for name, value in response.headers.items():
            headers.setdefault(name.lower(), []).append(value)
        return cls(response.status, headers)

    def first(self, name: str) -> str | None:
        values = self.headers.get(name)
        return values[0] if values else None

    def every(self, name: str) -> tuple[str, ...]:
        return tuple(self.headers.get(name, ()))


class UsualHead(NamedTuple):
    """A head of the usual form, and how many bytes of body follow it."""

    head: AnswerHead
    length: int


def read_usual_head(stream: io.BufferedReader) -> UsualHead | None:
    """Read the head of an answer; of one that is not of the usual form nothing is read, and nothing is returned."""
    found = _USUAL.match(stream.peek(1))
    if found is None:
        return None
    head = AnswerHead(int(found[1]), _headers(found[2].decode("ascii")))
    length = _length(head)
    if length is None:
        return None
    stream.read(found.end())
    return UsualHead(head, length)


def _headers(lines: str) -> dict[str, list[str]]:
    headers: dict[str, list[str]] = {}
    for line in lines.split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        headers.setdefault(name.lower(), []).append(value.lstrip(" \t"))
    return headers


def _length(head: AnswerHead) -> int | None:
    """Return how many bytes follow, ``None`` if that is not said in plain digits."""
    if "transfer-encoding" in head.headers:
        return None
    if head.status in _BODILESS:
        return 0
    lengths = head.every("content-length")
    return int(lengths[0]) if len(lengths) == 1 and _LENGTH.fullmatch(lengths[0]) else None
