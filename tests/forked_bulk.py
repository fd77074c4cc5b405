"""Forks in the middle of a bulk; a process of its own, since its child goes on in the same code.

Run as ``python -m tests.forked_bulk PLACE FOLDER``. The fork happens in the iterable of *rows*, in *on_result*, or in
another *thread*, whose child sends a bulk of its own with the same journal. Prints a line of JSON: how the child
``ended`` (the class of what was raised, ``done``, or ``stuck``), and who sent how many messages.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from time import sleep

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, SENDER, answer, message_json
from twilio_sms import BulkReport, Client, Config, RateLimits, TwilioError
from twilio_sms.transport.wire import Request, Response

ROWS, FORKS_AT = 200, 100
STUCK_SECONDS = 10
SEND_SECONDS = 0.002  # so that rows are under way whenever it forks


class NotingTransport:
    """Writes down which process sent what, before it answers."""

    def __init__(self, folder: Path) -> None:
        self._sent = os.open(folder / "sent", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def send(self, request: Request) -> Response:
        to = dict(request.form)["To"]
        sleep(SEND_SECONDS)
        os.write(self._sent, f"{os.getpid()} {to}\n".encode())
        return answer(201, message_json(sid=f"SM{int(to[1:]):032x}", to=to))

    def close(self) -> None:
        os.close(self._sent)


class Fork:
    """Forks once."""

    def __init__(self) -> None:
        self.child: int | None = None

    def __call__(self) -> None:
        if self.child is None:
            self.child = os.fork()
            if self.child == 0:
                signal.alarm(STUCK_SECONDS)


class Bulks:
    """The same bulk, sent by whoever runs it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        config = Config(rate_limits=RateLimits(global_rate=None, recipient_rate=None))
        self._client = Client(ACCOUNT_SID, AUTH_TOKEN, config=config, transport=NotingTransport(folder))
        self.fork = Fork()
        self.half_way = Event()

    def send(self, place: str) -> BulkReport:
        seen = iter(range(ROWS))

        def on_result(_result: object) -> None:
            if next(seen) == FORKS_AT and place == "on_result":
                self.fork()

        return self._client.messages.send_bulk(
            self._rows(place), journal=self._folder / "journal.db", workers=4, on_result=on_result
        )

    def _rows(self, place: str) -> Iterator[dict[str, str]]:
        for number in range(ROWS):
            if number == FORKS_AT:
                self.half_way.set()
                if place == "rows":
                    self.fork()
            yield {"to": f"+1555{number:07}", "from_": SENDER, "body": "hello"}


def in_this_thread(bulks: Bulks, place: str) -> str:
    try:
        bulks.send(place)
    except TwilioError as error:
        return type(error).__name__
    return "done"


def beside_another_thread(bulks: Bulks) -> str:
    """Fork while another thread sends; the child begins the same bulk."""
    thread = Thread(target=bulks.send, args=("nowhere",))
    thread.start()
    bulks.half_way.wait()
    bulks.fork()
    if bulks.fork.child == 0:
        return in_this_thread(bulks, "nowhere")
    thread.join()
    return "done"


def main(place: str, folder: str) -> None:
    bulks, me = Bulks(Path(folder)), os.getpid()
    ended = beside_another_thread(bulks) if place == "thread" else in_this_thread(bulks, place)
    if os.getpid() != me:
        Path(folder, "ended").write_text(ended, "utf-8")
        os._exit(0)
    assert bulks.fork.child is not None
    status = os.waitstatus_to_exitcode(os.waitpid(bulks.fork.child, 0)[1])
    senders = Counter(line.split()[0] for line in Path(folder, "sent").read_text("ascii").splitlines())
    told = Path(folder, "ended").read_text("utf-8") if status == 0 else "stuck"
    print(json.dumps({"ended": told, "by parent": senders.pop(str(me)), "by others": senders.total(), "parent": ended}))


if __name__ == "__main__":
    main(*sys.argv[1:])
