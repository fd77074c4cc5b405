"""Twilio's messages as a process of its own, which counts what was really sent: the judge of a bulk.

Run as ``python bulk_judge.py FILE SEED FAULTS LAG``. It prints its port. Each message that it accepts is a line of JSON
in FILE before anything is answered; nothing is ever taken back. FAULTS is the share of requests that go wrong, in four
ways: dropped or answered with 500, each before the message is accepted or after. LAG is how many seconds a message
takes to show up in the list. It ends when its standard input does.
"""

import json
import random
import socket
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from urllib.parse import parse_qsl, urlsplit

RESET = struct.pack("ii", 1, 0)
FAULTS = ("drop before", "drop after", "500 before", "500 after")


class Ledger:
    """What was accepted, in the order in which it was."""

    def __init__(self, path: str, lag: float) -> None:
        self._file = Path(path).open("a", encoding="utf-8")  # noqa: SIM115 - as long as the process
        self._lag = lag
        self._lock = Lock()
        self._count = 0
        self._by_recipient: dict[str, list[tuple[float, dict[str, object]]]] = defaultdict(list)

    def accept(self, form: dict[str, str]) -> dict[str, object]:
        with self._lock:
            self._count += 1
            message = _message(f"SM{self._count:032x}", form)
            self._file.write(json.dumps({"to": form["To"], "body": form["Body"]}) + "\n")
            self._file.flush()
            self._by_recipient[form["To"]].append((monotonic(), message))
        return message

    def listed(self, recipient: str) -> list[dict[str, object]]:
        with self._lock:
            known = list(self._by_recipient[recipient])
        return [message for accepted, message in reversed(known) if monotonic() - accepted >= self._lag]


def _message(sid: str, form: dict[str, str]) -> dict[str, object]:
    now = format_datetime(datetime.now(UTC))
    return {
        "sid": sid,
        "account_sid": "AC" + "0a" * 16,
        "to": form["To"],
        "from": form.get("From"),
        "messaging_service_sid": form.get("MessagingServiceSid"),
        "body": form["Body"],
        "status": "queued",
        "direction": "outbound-api",
        "num_segments": "1",
        "num_media": "0",
        "date_created": now,
        "date_updated": now,
        "date_sent": None,
    }


class Judge:
    """Answers one connection after the other, and goes wrong as often as it was told."""

    def __init__(self, ledger: Ledger, chance: random.Random, faults: float) -> None:
        self._ledger = ledger
        self._chance = chance
        self._faults = faults

    def serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for method, target, form in requests(connection):
                if not self._answer(connection, method, target, form):
                    break
        except OSError:
            pass
        connection.close()

    def _answer(self, connection: socket.socket, method: str, target: str, form: dict[str, str]) -> bool:
        if method == "GET":
            recipient = dict(parse_qsl(urlsplit(target).query))["To"]
            connection.sendall(answer(200, {"messages": self._ledger.listed(recipient), "next_page_uri": None}))
            return True
        fault = self._chance.choice(FAULTS) if self._chance.random() < self._faults else ""
        message = self._ledger.accept(form) if "before" not in fault else {}
        if fault.startswith("drop"):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            return False
        connection.sendall(answer(500, {"code": 20500}) if fault else answer(201, message))
        return True


def requests(connection: socket.socket) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each whole request of a kept connection: method, target, form."""
    data = b""
    while True:
        while b"\r\n\r\n" not in data:
            chunk = connection.recv(65536)
            if not chunk:
                return
            data += chunk
        head, _, data = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length")), 0)
        while len(data) < length:
            chunk = connection.recv(65536)
            if not chunk:
                return
            data += chunk
        body, data = data[:length], data[length:]
        method, target, _ = lines[0].split(" ")
        yield method, target, dict(parse_qsl(body.decode(), keep_blank_values=True))


def answer(status: int, tree: object) -> bytes:
    body = json.dumps(tree).encode()
    return b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body


def main(path: str, seed: str, faults: str, lag: str) -> None:
    judge = Judge(Ledger(path, float(lag)), random.Random(int(seed)), float(faults))
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listener.getsockname()[1], flush=True)
    Thread(target=accept, args=(listener, judge), daemon=True).start()
    sys.stdin.read()


def accept(listener: socket.socket, judge: Judge) -> None:
    while True:
        connection, _ = listener.accept()
        Thread(target=judge.serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
