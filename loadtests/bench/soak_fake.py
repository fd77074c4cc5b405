"""The fake of a soak, in a process of its own, whose store is full from the beginning.

So what grows is not the store: it holds 100,000 messages and forgets the oldest. A leak can be planted, for the judge
to find: ``webhooks`` keeps as much as a webhook takes of each message, ``sockets`` a socket of each hundredth.
"""

import json
import logging
import socket
import sys
from collections.abc import Callable, Iterable
from itertools import chain
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


def fill(fake: FakeTwilio) -> None:
    """Fill all that has a bound: messages, the SIDs of those that are gone, the recipients that were written to.

    None of these messages tells anybody, so their texts, each of its own, are longer by what an address for callbacks
    and a sender from a request take.
    """
    for number in chain(range(BOUND), range(BOUND)):
        fake.submit((("To", f"+{FIRST_RECIPIENT + number}"), ("From", SENDER), ("Body", f"{number:0150}")))


def planted(leak: str) -> Callable[[], None]:
    """Return what leaks at each look at this process, for so many messages as there were since the last one."""
    kept: list[Any] = []
    return {
        "": lambda: None,
        "webhooks": lambda: kept.append(bytearray(KEPT_BYTES * EVERY)),
        "sockets": lambda: kept.append(socket.socket()),
    }[leak]


def tell(fake: FakeTwilio, lines: Iterable[str], leak: Callable[[], None]) -> None:
    """Answer each line: ``sample`` with a look at this process, ``count`` with how many messages were made."""
    pauses, leaked = Pauses(), 0
    for line in lines:
        if line.strip() == "count":
            print(json.dumps({"made": fake.evicted + len(fake.messages) - 2 * BOUND}), flush=True)
            continue
        evicted = fake.evicted - BOUND  # one for each new one
        for _ in range(leaked, evicted // EVERY):
            leak()
        leaked = evicted // EVERY
        print(json.dumps({**sample(pauses), "made": evicted, "backlog": len(fake.pending)}), flush=True)


if __name__ == "__main__":
    let_garbage_wait()
    logging.getLogger("fake_twilio").setLevel(logging.ERROR)  # that the store is full is what is wanted here
    with FakeTwilio(SCENARIO) as running:
        fill(running)
        print(running.port, flush=True)
        tell(running, sys.stdin, planted(sys.argv[1] if len(sys.argv) > 1 else ""))
