"""The bytes that leave in place of an answer; pure."""

import re
from collections.abc import Callable

from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.wire.page import proxy_page

_LENGTH = re.compile(rb"(?im)^(content-length: *)([0-9]+)")
_MISSING_BYTES = 64
_INVERTED = bytes(range(255, -1, -1))  # of ASCII nothing is left that is ASCII


def on_the_wire(fault: Fault, head: bytes, body: bytes) -> bytes:
    """Return what a client gets of an answer; *head* ends with its empty line.

    An answer without a body, as a 204, has nothing that could be cut: only the connection is closed after it.
    """
    if fault.kind is Break.HTML:
        return proxy_page(fault.status)
    return _DAMAGE.get(fault.kind, _whole)(head, body)


def _whole(head: bytes, body: bytes) -> bytes:
    return head + body


def _half_body(head: bytes, body: bytes) -> bytes:
    return head + body[: len(body) // 2]


def _garbage(head: bytes, body: bytes) -> bytes:
    return (head + body).translate(_INVERTED)


def _wrong_length(head: bytes, body: bytes) -> bytes:
    return _LENGTH.sub(lambda found: found[1] + b"%d" % (int(found[2]) + _MISSING_BYTES), head) + body


def _malformed_json(head: bytes, body: bytes) -> bytes:
    return head + body.rstrip()[:-1].ljust(len(body))


_DAMAGE: dict[Break | None, Callable[[bytes, bytes], bytes]] = {
    Break.HALF_BODY: _half_body,
    Break.GARBAGE: _garbage,
    Break.WRONG_LENGTH: _wrong_length,
    Break.MALFORMED_JSON: _malformed_json,
}
