"""Takes one inbound webhook in a process of its own, which may be killed in the middle of its handler.

Run as ``python -m tests.e2e.webhook_owner ours|naive STORE EFFECTS``. It says ``ready``, and takes the webhook when a
line comes in; the handler writes a line to the file EFFECTS, says ``told`` and goes on when another line comes in; then
the answer is printed. *naive* notes first that the webhook was seen, and then works on it, as most receivers do.
"""

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, MESSAGE_SID
from tests.webhooks import inbound
from twilio_sms.clock import Clock, SystemClock
from twilio_sms.webhooks.handler import WebhookHandler

Work = Callable[[], str]


def take_as_we_do(store: Path, work: Work, clock: Clock) -> str:
    with WebhookHandler(AUTH_TOKEN, account_sid=ACCOUNT_SID, store=store, clock=clock) as handler:
        handler.on()(lambda _message: work())
        return handler.handle_inbound(inbound()).body


def take_naively(store: Path, work: Work, _clock: Clock) -> str:
    with closing(sqlite3.connect(store, isolation_level=None, timeout=5)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS seen (sid TEXT PRIMARY KEY)")
        is_new = connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (MESSAGE_SID,)).rowcount
    return work() if is_new else "seen before"


TAKES = {"ours": take_as_we_do, "naive": take_naively}


def say(word: str) -> None:
    print(word, flush=True)


def main(variant: str, store: str, effects: str) -> None:
    def work() -> str:
        with Path(effects).open("a") as file:
            file.write("told\n")
        say("told")
        sys.stdin.readline()
        return f"by process {os.getpid()}"

    say("ready")
    sys.stdin.readline()
    say(TAKES[variant](Path(store), work, SystemClock()))


if __name__ == "__main__":
    main(*sys.argv[1:])
