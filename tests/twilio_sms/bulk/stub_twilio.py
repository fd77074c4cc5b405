"""Twilio behind a transport, for tests of bulks: it keeps what it accepted, lists it, and goes wrong when told to."""

from collections.abc import Callable
from itertools import count
from threading import Lock
from typing import Any

from tests.doubles import SENDER, HandClock, answer, message_json
from tests.parts import PLAIN, assembled
from twilio_sms.assembly import Assembled
from twilio_sms.config import Config
from twilio_sms.domain.form import Form
from twilio_sms.transport.wire import LostAnswer, Request, Response
from twilio_sms.verdict import Phase

Reaction = Response | LostAnswer | None  # None: it is accepted, and answered with its message
React = Callable[[dict[str, str]], Reaction]

LOST = LostAnswer(Phase.SENT, "reset")
UNREACHABLE = LostAnswer(Phase.OPENING, "refused")


def accept(_form: dict[str, str]) -> Reaction:
    return None


class StubTwilio:
    """Accepts messages from any thread; *react* says what happens to a request instead."""

    def __init__(self, react: React = accept) -> None:
        self.react = react
        self.posts: list[dict[str, str]] = []  # every request to send, whatever became of it
        self.messages: list[dict[str, Any]] = []  # what was accepted
        self.list_reaction: Reaction = None
        self.looks = 0
        self._numbers = count(1)
        self._lock = Lock()

    def send(self, request: Request) -> Response:
        if request.method == "GET":
            return self._list(request.form)
        form = dict(request.form)
        with self._lock:
            self.posts.append(form)
        reaction = self.react(form)
        if isinstance(reaction, LostAnswer):
            raise LostAnswer(reaction.phase, reaction.reason)
        return reaction or answer(201, self.keep(form))

    def keep(self, form: dict[str, str]) -> dict[str, Any]:
        """Accept a message."""
        with self._lock:
            message = message_json(
                sid=f"SM{next(self._numbers):032x}",
                to=form["To"],
                **{"from": form.get("From"), "body": form["Body"], "date_created": None},
            )
            self.messages.append(message)
        return message

    def bodies(self) -> list[str]:
        """Return the texts that were accepted, in the order of their bulk."""
        return sorted((message["body"] for message in self.messages), key=lambda body: int(body.split()[-1]))

    def close(self) -> None:
        return

    def _list(self, query: Form) -> Response:
        with self._lock:
            self.looks += 1
            found = [message for message in self.messages if message["to"] == dict(query)["To"]]
        if isinstance(self.list_reaction, LostAnswer):
            raise self.list_reaction
        return self.list_reaction or answer(200, {"messages": found[::-1], "next_page_uri": None})


def rows(numbers: int | range, **changes: Any) -> list[dict[str, Any]]:
    """Make rows, each with a recipient and a text of its own: "row 3" is that of row 3."""
    return [
        {"to": f"+1555{number:07}", "from_": SENDER, "body": f"row {number}", **changes}
        for number in (range(numbers) if isinstance(numbers, int) else numbers)
    ]


def client(twilio: StubTwilio, clock: HandClock | None = None, config: Config = PLAIN, **parts: Any) -> Assembled:
    """Return a client of *twilio* on a clock that is moved by hand, or by its own waiting."""
    return assembled(twilio, config, clock or HandClock(), **parts)


def refused(status: int, code: int | None, **headers: str) -> Response:
    return answer(status, {"code": code, "message": "no", "status": status} if code else None, **headers)
