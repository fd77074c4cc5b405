"""The head of a request, read strictly: what could be understood in two ways is refused, not guessed at.

The standard library takes a line that is no header for the end of the head (what follows would be the next request),
``+3`` for a length, and a tenth of the time of a request. Source of the rules: RFC 9110 and RFC 9112.
"""

import io
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple

MAX_LINE_BYTES = 65_536
MAX_HEADERS = 100
_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) +([\x21-\x7e\x80-\xff]+) +HTTP/([0-9])\.([0-9]) *\r?\n")
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\x00-\x08\x0a-\x1f\x7f]*)\r?\n")
# What says how the request is framed, and is asked of every one.
_FRAMING = frozenset({"connection", "expect", "content-encoding", "content-length", "transfer-encoding"})
_LENGTH = re.compile(r"[0-9]{1,9}", re.ASCII)


class NoRequest(Exception):  # noqa: N818 - it is an answer, not an accident
    """What came is no request that could be answered otherwise than with *status*."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class RequestHead(NamedTuple):
    """A head that came whole; *version* is 1.0 or 1.1, *framing* what its headers say about that, in lower case."""

    method: str
    target: str
    version: str
    headers: Sequence[tuple[str, str]]
    framing: Mapping[str, Sequence[str]]

    @property
    def is_last(self) -> bool:
        """Whether the connection is to be closed after the answer."""
        said = self._first("connection")
        return said == "close" or (self.version == "HTTP/1.0" and said != "keep-alive")

    @property
    def awaits_leave(self) -> bool:
        """Whether the body comes only after a word from us."""
        return self.version == "HTTP/1.1" and self._first("expect") == "100-continue"

    def body_length(self, at_most: int) -> int:
        """Return how many bytes the body has: one length in plain digits counts, and no other framing."""
        if self._first("content-encoding", "identity") != "identity":
            raise NoRequest(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        lengths = self.framing.get("content-length", ())
        if "transfer-encoding" in self.framing:
            raise NoRequest(HTTPStatus.BAD_REQUEST if lengths else HTTPStatus.LENGTH_REQUIRED)
        if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
            raise NoRequest(HTTPStatus.BAD_REQUEST)
        length = int(lengths[0]) if lengths else 0
        if length > at_most:
            raise NoRequest(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return length

    def _first(self, name: str, otherwise: str = "") -> str:
        values = self.framing.get(name)
        return values[0] if values else otherwise


def read_head(line: bytes, stream: io.BufferedIOBase) -> RequestHead:
    """Read the headers that follow the request *line*; raise `NoRequest` for what is no proper head."""
    if len(line) > MAX_LINE_BYTES:
        raise NoRequest(HTTPStatus.REQUEST_URI_TOO_LONG)
    parts = _REQUEST_LINE.fullmatch(line)
    if parts is None:
        raise NoRequest(HTTPStatus.BAD_REQUEST)
    if parts[3] != b"1":
        raise NoRequest(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    version = "HTTP/1.0" if parts[4] == b"0" else "HTTP/1.1"
    headers = _read_headers(stream)
    return RequestHead(
        parts[1].decode(), _one_slash(parts[2].decode("latin-1")), version, headers, _framing_in(headers)
    )


def _one_slash(target: str) -> str:
    """Return *target* with one slash at its beginning: two would make what follows the name of a host."""
    return "/" + target.lstrip("/") if target.startswith("//") else target


def _read_headers(stream: io.BufferedIOBase) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    while (line := stream.readline(MAX_LINE_BYTES + 1)) not in (b"\r\n", b"\n"):
        if len(line) > MAX_LINE_BYTES or len(found) == MAX_HEADERS:
            raise NoRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        parts = _HEADER.fullmatch(line.decode("latin-1"))
        if parts is None:
            raise NoRequest(HTTPStatus.BAD_REQUEST)
        name, value = parts.groups()
        found.append((name, value.strip(" \t")))
    return found


def _framing_in(headers: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    framing: dict[str, list[str]] = {}
    for name, value in headers:
        lowered = name.lower()
        if lowered in _FRAMING:
            framing.setdefault(lowered, []).append(value.lower())
    return framing
