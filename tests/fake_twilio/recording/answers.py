"""Requests and answers as they go through the proxy."""

import json
from typing import Any
from urllib.parse import urlencode

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.recording.notebook import Moment
from fake_twilio.recording.traffic import Sight
from fake_twilio.recording.wire import Answered, Asked, NotAnswered
from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER

MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
ONE = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{MESSAGE_SID}.json"
CREATION = Asked(
    method="POST",
    target=MESSAGES,
    headers=(("Authorization", "Basic c2VjcmV0"), ("Content-Type", "application/x-www-form-urlencoded")),
    body=urlencode({"To": RECIPIENT, "From": SENDER, "Body": "hello"}).encode(),
)
FETCH = Asked(method="GET", target=ONE)


def tree(status: str = "queued", **changes: Any) -> dict[str, Any]:
    """Return a message as the API shows it."""
    created = "Thu, 24 Aug 2023 05:01:45 +0000"
    dates = {"date_created": created, "date_updated": created}
    values = {"sid": MESSAGE_SID, "to": RECIPIENT, "from": SENDER, "status": status, "body": "hello"}
    return {**values, **dates, "error_code": None, "direction": "outbound-api", **changes}


def answered(content: Any, status: int = 200) -> Answered:
    return Answered(status=status, body=json.dumps(content).encode())


def sight(status: Status, **changes: Any) -> Sight:
    values: dict[str, Any] = {"sid": MESSAGE_SID, "recipient": RECIPIENT, "sender": SENDER, "status": status}
    return Sight(**{**values, **changes})


def moments(*pairs: tuple[Status, float]) -> tuple[Moment, ...]:
    return tuple(Moment(status, seconds) for status, seconds in pairs)


class ScriptedUpstream:
    """Gives the answers of a script, ``None`` for none, and remembers what it was asked."""

    def __init__(self, *script: Answered | None) -> None:
        self._script = list(script)
        self.asked: list[Asked] = []

    def send(self, asked: Asked) -> Answered:
        self.asked.append(asked)
        answer = self._script.pop(0)
        if answer is None:
            raise NotAnswered("the upstream gave no answer: ConnectTimeout")
        return answer
