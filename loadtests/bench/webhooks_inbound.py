"""What an inbound message costs beside its commits: ``python loadtests/bench/webhooks_inbound.py [MESSAGES]``.

One thread takes signed webhooks of 20 parameters, each of a message of its own, by one handler that answers; which were
worked on is kept in SQLite. Beside it, in the same run, on the same disk and in a table like it, the two commits alone
that this makes, with ``synchronous=FULL``: the row of a claim, and its answer. Best of several runs, taken in turns.
Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlencode

from figures import report

from twilio_sms.stores.webhooks_schema import WEBHOOKS_FILE
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.signature import RequestValidator

MESSAGES = 200
RUNS = 7
TOKEN = "0b" * 16
URL = "https://sms.example.com/inbound"
ACCOUNT_SID = "AC" + "0a" * 16
CLAIM = "INSERT INTO leases (key, until_us, claimed_us) VALUES (?, ?, ?)"
FINISH = "UPDATE leases SET answer = ? WHERE key = ?"


def requests() -> Iterator[WebhookRequest]:
    """Yield signed webhooks, without end."""
    validator = RequestValidator(TOKEN)
    for number in count():
        form = form_of(f"SM{number:032x}")
        headers = (
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-twilio-signature", validator.compute_signature(URL, form)),
        )
        yield WebhookRequest("POST", URL, headers, urlencode(form).encode(), "127.0.0.1")


def form_of(sid: str) -> dict[str, str]:
    return {
        "ToCountry": "US",
        "ToState": "MI",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ToCity": "COLEMAN",
        "FromZip": "22036",
        "SmsSid": sid,
        "FromState": "VA",
        "SmsStatus": "received",
        "FromCity": "CENTREVILLE",
        "Body": "order 17, see you at 5!",
        "FromCountry": "US",
        "To": "+15005550006",
        "ToZip": "48612",
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": sid,
        "AccountSid": ACCOUNT_SID,
        "From": "+15551234567",
        "ApiVersion": "2010-04-01",
    }


def bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(WEBHOOKS_FILE.schema)
    return connection


def commit_two(connection: sqlite3.Connection, key: str, answer: str, now_us: int) -> None:
    for statement, values in ((CLAIM, (key, now_us, now_us)), (FINISH, (answer, key))):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, values)
        connection.execute("COMMIT")


def seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def main(messages: int) -> bool:
    coming, numbers = requests(), count(10**15)
    with (
        TemporaryDirectory() as folder,
        closing(bare(Path(folder, "bare.db"))) as connection,
        WebhookHandler(TOKEN, account_sid=ACCOUNT_SID, store=Path(folder, "webhooks.db")) as handler,
    ):
        handler.on("order *")(lambda _message: "Thanks!")
        answer = handler.handle_inbound(next(coming)).body
        ours, alone = [], []
        for _ in range(RUNS):
            batch = [next(coming) for _ in range(messages)]
            ours.append(seconds(lambda batch=batch: [handler.handle_inbound(request) for request in batch]))
            keys = [(number, f"inbound:SM{number:032x}") for number in islice(numbers, messages)]
            alone.append(
                seconds(lambda keys=keys: [commit_two(connection, key, answer, now_us) for now_us, key in keys])
            )
    ours_us, alone_us = (min(times) / messages * 1e6 for times in (ours, alone))
    report("handle_inbound_us", ours_us)
    report("handle_inbound_commits_alone_us", alone_us)
    return report("handle_inbound_of_commits", ours_us / alone_us, "<=1.5")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)
