"""Doubles that tests hand in."""

import json
import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from werkzeug import Response as WebResponse

from twilio_sms.observability.spans import NullSpan
from twilio_sms.transport.wire import LostAnswer, Request, Response

ACCOUNT_SID = "AC" + "0a" * 16
AUTH_TOKEN = "0b" * 16
MESSAGE_SID = "SM" + "0c" * 16
RECIPIENT = "+15551234567"
SENDER = "+15005550006"


class ScriptedTransport:
    """Gives the answers of a script, one for each request, and remembers the requests."""

    def __init__(self, script: Iterable[Response | LostAnswer]) -> None:
        self.script = list(script)
        self.requests: list[Request] = []
        self.is_closed = False

    def send(self, request: Request) -> Response:
        self.requests.append(request)
        answer = self.script.pop(0)
        if isinstance(answer, LostAnswer):
            raise answer
        return answer

    def close(self) -> None:
        self.is_closed = True


class SilentWatch:
    """Traces nothing."""

    def step(self, name: str) -> NullSpan:
        return NullSpan()

    def tried(self, attempts: int) -> None:
        return


class HandClock:
    """The client's clock, moved by hand; sleeping moves it."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self._start = start
        self._passed_ns = 0

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return self._passed_ns / 1e9

    def monotonic_ns(self) -> int:
        return self._passed_ns

    def sleep(self, seconds: float) -> None:
        self._passed_ns += math.ceil(seconds * 1e9)


class TurnedClock(HandClock):
    """A clock whose hands somebody turns."""

    ahead = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.ahead


def answer(
    status: int, tree: Any = None, *, body: bytes | None = None, damage: str | None = None, **headers: str
) -> Response:
    """Make a response with *tree* as JSON; header names are given with underscores."""
    raw = json.dumps(tree).encode() if body is None else body
    return Response(
        status=status,
        headers={name.replace("_", "-").lower(): value for name, value in headers.items()},
        body=raw,
        damage=damage,
    )


def message_json(**changes: Any) -> dict[str, Any]:
    """Return a message as Twilio's API sends it."""
    tree: dict[str, Any] = {
        "body": "hello",
        "num_segments": "1",
        "direction": "outbound-api",
        "from": SENDER,
        "date_updated": "Thu, 24 Aug 2023 05:01:45 +0000",
        "price": None,
        "error_message": None,
        "uri": f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{MESSAGE_SID}.json",
        "account_sid": ACCOUNT_SID,
        "num_media": "0",
        "to": RECIPIENT,
        "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
        "status": "queued",
        "sid": MESSAGE_SID,
        "date_sent": None,
        "messaging_service_sid": None,
        "error_code": None,
        "price_unit": "USD",
        "api_version": "2010-04-01",
        "subresource_uris": {"media": f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{MESSAGE_SID}/Media.json"},
    }
    return {**tree, **changes}


class HangingEndpoint:
    """A customer's endpoint that takes a webhook and answers only when it is told to."""

    def __init__(self) -> None:
        self.begun = Event()
        self.go = Event()

    def __call__(self, _request: object) -> WebResponse:
        self.begun.set()
        self.go.wait(10)
        return WebResponse(status=204)
