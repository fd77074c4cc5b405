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

from bare_commits import commit_each, open_bare
from figures import report
from inbound_form import inbound_form

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
        form = inbound_form(sid, "order 17, see you at 5!")
        headers = (
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-twilio-signature", validator.compute_signature(URL, form)),
        )
        yield sid, WebhookRequest("POST", URL, headers, urlencode(form).encode(), "127.0.0.1")


def time_message(
    handler: WebhookHandler, coming: tuple[str, WebhookRequest], connection: sqlite3.Connection
) -> tuple[float, float]:
    """Return how many seconds *handler* takes for a webhook, and how many the same two commits take alone."""
    sid, request = coming
    begun = perf_counter()
    answer = handler.handle_inbound(request).body
    done = perf_counter()
    key, now_us = f"inbound:{sid}", int(done)
    commit_each(connection, (CLAIM, (key, now_us, now_us)), (FINISH, (answer, key)))
    return done - begun, perf_counter() - done


def main(messages: int) -> bool:
    coming = requests()
    with (
        TemporaryDirectory() as folder,
        closing(open_bare(Path(folder, "bare.db"), WEBHOOKS_FILE.schema)) as connection,
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
