"""A webhook as the bytes of a request, and the answer that is read for it."""

import io
import re
import zlib
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any

from fake_twilio.delivery.answer_head import AnswerHead, read_usual_head
from fake_twilio.delivery.journey import Journey
from fake_twilio.delivery.webhook import Answer, Webhook

MAX_ANSWER_BYTES = 64 * 1024

_LINE = re.compile(r"[A-Z]+ /[\x21-\x7e]* HTTP/1\.1")
_UNSENDABLE = re.compile(r"[^\x20-\x7e\xa0-\xff]")  # a line break above all: what follows it would be another header


def write_request(webhook: Webhook, host: str) -> bytes:
    """Return head and body, the target character for character; raise `ValueError` for what no head can hold."""
    body = webhook.body()
    lines = [f"{webhook.method} {webhook.request_target} HTTP/1.1", f"Host: {host}", "Accept-Encoding: identity"]
    if webhook.method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{name}: {value}" for name, value in webhook.headers().items()]
    if not _LINE.fullmatch(lines[0]) or _UNSENDABLE.search("".join(lines)):
        raise ValueError("the request has characters that cannot be sent")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def read_answer(stream: io.BufferedReader, journey: Journey) -> tuple[Answer, bool]:
    """Read what an answer says, of its body as much as counts, and whether another may follow on its connection.

    Another follows only where the customer says that it keeps the connection, and after a 2xx: many a server closes
    without a word, and what leaves just then would be lost.
    """
    usual = read_usual_head(stream)
    if usual is None:
        return _read_any(stream, journey)
    head, length = usual
    body = stream.read(min(length, MAX_ANSWER_BYTES + 1))
    if len(body) < min(length, MAX_ANSWER_BYTES + 1):
        raise IncompleteRead(body, length - len(body))
    may_follow = len(body) == length and "close" not in _connection(head)
    return _answer(head, body, journey), may_follow and _is_kept(head)


def _read_any(stream: io.BufferedReader, journey: Journey) -> tuple[Answer, bool]:
    response = HTTPResponse(_Source(stream))  # type: ignore[arg-type] # of a socket it only wants what reads it
    try:
        response.begin()
        head, body = AnswerHead.of(response), _read_body(response)
        may_follow = response.isclosed() and not response.will_close
        return _answer(head, body, journey), may_follow and _is_kept(head)
    finally:
        response.close()


def _answer(head: AnswerHead, packed: bytes, journey: Journey) -> Answer:
    body = _decoded(packed, head.first("content-encoding"))
    return Answer(
        status=head.status,
        body=body[:MAX_ANSWER_BYTES],
        is_cut=len(body) > MAX_ANSWER_BYTES,
        content_type=head.first("content-type"),
        location=_text(head.first("location")),
        challenge=_text(head.first("www-authenticate")),
        cookies=head.every("set-cookie"),
        seconds=journey.seconds,
    )


def _is_kept(head: AnswerHead) -> bool:
    return "keep-alive" in _connection(head) and 200 <= head.status < 300


def _connection(head: AnswerHead) -> str:
    return (head.first("connection") or "").lower()


class _Source:
    """What `HTTPResponse` reads from in place of a socket."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def makefile(self, *_mode: Any) -> io.BufferedReader:
        return self._stream


def _read_body(response: HTTPResponse) -> bytes:
    """Read a body up to one byte more than counts; raise `IncompleteRead` if it ends before its end."""
    body = response.read(MAX_ANSWER_BYTES + 1)
    if response.length and len(body) <= MAX_ANSWER_BYTES:
        raise IncompleteRead(body, response.length)
    return body


def _decoded(body: bytes, encoding: str | None) -> bytes:
    """Return a body as it was before a server packed it, which it was not asked to; no more of it than counts."""
    if encoding is None or encoding.lower() not in ("gzip", "x-gzip", "deflate"):
        return body
    try:
        return zlib.decompressobj(wbits=47).decompress(body, MAX_ANSWER_BYTES + 1)  # 47: gzip or zlib, as its head says
    except zlib.error as error:
        raise HTTPException(f"the body is not the {encoding} that it is said to be") from error


def _text(header: str | None) -> str | None:
    """Return a header as the UTF-8 that it is most often; `http.client` takes every byte for a character."""
    return header and header.encode("latin-1", "replace").decode("utf-8", "replace")
