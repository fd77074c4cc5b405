"""One answer on the wire: only a whole, final status line is noted."""

import socket
from http.client import HTTPException
from threading import Thread

import pytest

from twilio_sms.clock import SystemClock
from twilio_sms.transport.answer import TrackedAnswer
from twilio_sms.transport.journey import Journey
from twilio_sms.transport.wire import Timeouts

FINAL = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n"


def read(data: bytes, *, rest: bytes = b"") -> tuple[Journey, bytes | None]:
    """Have *data* come and the connection close; return the journey and the body, ``None`` if there was no answer."""
    left, right = socket.socketpair()
    journey = Journey(Timeouts(read_seconds=5), SystemClock().monotonic)
    writer = Thread(target=lambda: (right.sendall(data + rest), right.close()))
    writer.start()
    answer = TrackedAnswer(left, journey, method="POST")
    try:
        answer.begin()
        return journey, answer.read()
    except (HTTPException, OSError):
        return journey, None
    finally:
        writer.join()
        answer.close()
        left.close()


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 102 Processing\r\nX: y\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: a\r\nLink: b\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
    ],
    ids=["nothing", "100", "102", "103 and 100"],
)
def test_interim_answers_are_read_past(before: bytes) -> None:
    journey, body = read(before + FINAL + b"ok")

    assert (journey.status, body, journey.has_left_over) == (201, b"ok", False)


@pytest.mark.parametrize(
    "line",
    [
        b"HTTP/1.1 429",
        b"HTTP/1.1 429 Too Many",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429",
        b"HTTP/1.1 100 Continue\r\nX: y",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + FINAL,
        b"HTTP/foo 429 x\r\n\r\n",
        b"HTTP/1.1 4_29 x\r\n\r\n",
        b"HTTP/1.1 +429 x\r\n\r\n",
        b"HTTP/1.1 042 x\r\n\r\n",
        b"HTTP/1.1 999 x\r\n\r\n",
        b"HTTP/2 429 x\r\n\r\n",
        b" HTTP/1.1 429 x\r\n\r\n",
        b"HTTP/1.1  429 x\r\n\r\n",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 1001 + FINAL,
        b"HTTP/1.1 100 Continue\r\n" + b"x: y\r\n" * 1001 + b"\r\n" + FINAL,
        b"",
    ],
)
def test_what_is_no_whole_final_status_line_is_no_answer(line: bytes) -> None:
    journey, body = read(line)

    assert (journey.status, body) == (None, None)


@pytest.mark.parametrize("rest", [b"x", b"HTTP/1.1 429 Too Many Requests\r\n\r\n"], ids=["a byte", "an answer"])
def test_what_comes_after_an_answer_is_noticed(rest: bytes) -> None:
    journey, body = read(FINAL + b"ok", rest=rest)

    assert (body, journey.has_left_over) == (b"ok", True)


def test_a_status_is_noted_before_its_headers_are_whole() -> None:
    journey, _ = read(b"HTTP/1.1 201 Created\r\nContent-Le")

    assert journey.status == 201
