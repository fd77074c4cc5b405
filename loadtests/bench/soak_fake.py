"""The fake of a soak, in a process of its own, which has had so many messages before.

From 200,000 on its store is full: it holds 100,000 messages and forgets the oldest, so what grows is not the store. A
leak can be planted, for the judge to find: ``webhooks`` keeps as much as a webhook takes of each message, ``sockets`` a
socket of each hundredth.
"""

import json
import logging
import socket
import sys
from collections.abc import Callable, Iterable
from typing import Any

from soak_book import FIRST_RECIPIENT
from soak_samples import Pauses, sample

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.records.store import BOUND
from fake_twilio.server import FakeTwilio

LIFE = (Step(Status.SENDING, 0.1), Step(Status.SENT, 0.1), Step(Status.DELIVERED, 0.3))
SCENARIO = Scenario(name="soak", about="delivered after half a second", numbers=(), rules=(), otherwise=lives(*LIFE))
SENDER = "+15005550006"
KEPT_BYTES = 2_000
EVERY = 100


def fill(fake: FakeTwilio, messages: int) -> None:
    """Fill what has a bound: messages, the SIDs of those that are gone, the recipients that were written to.

    None of these messages tells anybody, so their texts, each of its own, are longer by what an address for callbacks
    and a sender from a request take.
    """
    for number in range(messages):
        to = f"+{FIRST_RECIPIENT + number % BOUND}"
        fake.submit((("To", to), ("From", SENDER), ("Body", f"{number % BOUND:0150}")))


def made_by(fake: FakeTwilio, before: int) -> int:
    """Return how many messages were made since those *before*; a full store is not counted, since that takes long."""
    held = BOUND if fake.evicted else len(fake.messages)
    return fake.evicted + held - before


def planted(leak: str) -> Callable[[], None]:
    """Return what leaks at each look at this process, for so many messages as there were since the last one."""
    kept: list[Any] = []
    return {
        "": lambda: None,
        "webhooks": lambda: kept.append(bytearray(KEPT_BYTES * EVERY)),
        "sockets": lambda: kept.append(socket.socket()),
    }[leak]


def tell(fake: FakeTwilio, lines: Iterable[str], leak: Callable[[], None], before: int) -> None:
    """Answer each line: ``sample`` with a look at this process, ``count`` with how many messages were made."""
    pauses, leaked = Pauses(), 0
    for line in lines:
        if line.strip() == "count":
            print(json.dumps({"made": fake.evicted + len(fake.messages) - before}), flush=True)
            continue
        made = made_by(fake, before)
        for _ in range(leaked, made // EVERY):
            leak()
        leaked = made // EVERY
        print(json.dumps({**sample(pauses), "made": made, "backlog": len(fake.pending)}), flush=True)


if __name__ == "__main__":
    let_garbage_wait()
    logging.getLogger("fake_twilio").setLevel(logging.ERROR)  # that the store is full is what is wanted here
    with FakeTwilio(SCENARIO) as running:
        fill(running, int(sys.argv[1]))
        print(running.port, flush=True)
        tell(running, sys.stdin, planted(sys.argv[2]), int(sys.argv[1]))
