"""What a proxy said of the address that was asked of it."""

import re
from typing import NamedTuple, Self

_HEADER = re.compile(r"([A-Za-z-]+):(?![0-9])\s*(.*)")  # a number behind it is a port
_HOSTS = ("x-forwarded-host", "x-original-host", "host")
_ALIASES = {"proto": "x-forwarded-proto", "host": "x-forwarded-host"}  # of the header Forwarded, RFC 7239


class Forwarded(NamedTuple):
    """The headers that say it, with their values; *hosts* may have a port."""

    hosts: tuple[tuple[str, str], ...] = ()  # which header, and what it says
    scheme: str = ""
    port: str = ""
    prefix: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read lines of headers; a line that is none is taken for a host."""
        said = _read(text)
        return cls(
            hosts=tuple((name, value) for name, value in said if name in _HOSTS),
            scheme=_last(said, "x-forwarded-proto"),
            port=_last(said, "x-forwarded-port"),
            prefix=_last(said, "x-forwarded-prefix").rstrip("/"),
        )


def _read(lines: str) -> list[tuple[str, str]]:
    """Return each value of each header; a list in one counts as many."""
    said: list[tuple[str, str]] = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        header = _HEADER.fullmatch(line)
        name, text = (header[1].lower(), header[2]) if header else ("x-forwarded-host", line)
        values = [value.strip() for value in text.split(",")]
        if name == "forwarded":
            said += [pair for value in values for pair in _read_elements(value)]
        else:
            said += [(name, value) for value in values if value]
    return said


def _read_elements(value: str) -> list[tuple[str, str]]:
    pairs = [element.strip().partition("=") for element in value.split(";")]
    return [(_ALIASES[name.lower()], said.strip('"')) for name, _, said in pairs if name.lower() in _ALIASES and said]


def _last(said: list[tuple[str, str]], header: str) -> str:
    return next((value for name, value in reversed(said) if name == header), "")
