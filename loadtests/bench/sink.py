"""Answers each request on a kept connection with a 201, as cheaply as can be.

Run as ``python sink.py``: it prints its port, and ends when its standard input does.
"""

import json
import socket
import sys
from itertools import count
from threading import Thread

MESSAGE = {
    "body": "Your parcel has arrived.",
    "num_segments": "1",
    "direction": "outbound-api",
    "from": "+15005550006",
    "date_updated": "Thu, 24 Aug 2023 05:01:45 +0000",
    "price": None,
    "error_message": None,
    "uri": "/2010-04-01/Accounts/AC0a/Messages/SM0c.json",
    "account_sid": "AC" + "0a" * 16,
    "num_media": "0",
    "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
    "status": "queued",
    "date_sent": None,
    "messaging_service_sid": None,
    "error_code": None,
    "price_unit": "USD",
    "api_version": "2010-04-01",
    "subresource_uris": {"media": "/2010-04-01/Accounts/AC0a/Messages/SM0c/Media.json"},
}


class Sink:
    """Counts messages, so that each has a SID of its own."""

    def __init__(self) -> None:
        self._rest = json.dumps(MESSAGE).encode()[1:]
        self._numbers = count(1)

    def serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        data = b""
        while chunk := connection.recv(65536):
            data += chunk
            head, end, body = data.partition(b"\r\n\r\n")
            if end and len(body) >= _length(head):
                data = body[_length(head) :]
                connection.sendall(self._answer(body[: _length(head)]))

    def _answer(self, form: bytes) -> bytes:
        recipient = form.partition(b"To=%2B")[2].partition(b"&")[0]
        body = b'{"sid": "SM%032x", "to": "+%b", ' % (next(self._numbers), recipient) + self._rest
        return b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
            len(body),
            body,
        )


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length")), 0)


def accept(listener: socket.socket) -> None:
    sink = Sink()
    while True:
        connection, _ = listener.accept()
        Thread(target=sink.serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    Thread(target=accept, args=(listener,), daemon=True).start()
    sys.stdin.read()
