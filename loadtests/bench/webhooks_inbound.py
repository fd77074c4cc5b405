"""What an inbound message costs beside its commits: ``python loadtests/bench/webhooks_inbound.py [MESSAGES]``.

One thread takes signed webhooks of 20 parameters, each of a message of its own, by one handler that answers; which were
worked on is kept in SQLite. After each, on the same disk and in a table like it, the two commits alone that this makes,
with ``synchronous=FULL``: the row of a claim, and its answer. Best of several runs.
Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import sqlite3
import sys
from collections.abc import Iterator
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


def requests() -> Iterator[tuple[str, WebhookRequest]]:
    """Yield signed webhooks with the SIDs of their messages, without end."""
    validator = RequestValidator(TOKEN)
    for number in count():
        sid = f"SM{number:032x}"
        form = form_of(sid)
        headers = (
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-twilio-signature", validator.compute_signature(URL, form)),
        )
        yield sid, WebhookRequest("POST", URL, headers, urlencode(form).encode(), "127.0.0.1")


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


def time_message(
    handler: WebhookHandler, coming: tuple[str, WebhookRequest], connection: sqlite3.Connection
) -> tuple[float, float]:
    """Return how many seconds *handler* takes for a webhook, and how many the same two commits take alone."""
    sid, request = coming
    begun = perf_counter()
    answer = handler.handle_inbound(request).body
    done = perf_counter()
    commit_two(connection, f"inbound:{sid}", answer, int(done))
    return done - begun, perf_counter() - done


def main(messages: int) -> bool:
    coming = requests()
    with (
        TemporaryDirectory() as folder,
        closing(bare(Path(folder, "bare.db"))) as connection,
        WebhookHandler(TOKEN, account_sid=ACCOUNT_SID, store=Path(folder, "webhooks.db")) as handler,
    ):
        handler.on("order *")(lambda _message: "Thanks!")
        runs = [[time_message(handler, one, connection) for one in islice(coming, messages)] for _ in range(RUNS)]
    ours_us, alone_us = (min(sum(pair[part] for pair in run) for run in runs) / messages * 1e6 for part in (0, 1))
    report("handle_inbound_us", ours_us)
    report("handle_inbound_commits_alone_us", alone_us)
    return report("handle_inbound_of_commits", ours_us / alone_us, "<=1.5")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)
