"""Whether duplicates and wrong order change who is opted out: reliability, G22.

Run as ``python -m tests.e2e.opt_out_histories [--histories 10000] [--seed 22]``. A recipient writes STOP and START to
two of our numbers; the webhooks come in any order and some come again. The judge is a rule of one line: blocked if
there is a STOP without a later START in the same conversation. Prints ``name value goal PASS|FAIL``, also for a list
that believes what came last.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from loadtests.bench.figures import report
from tests.doubles import RECIPIENT, HandClock
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.inbound_text import InboundText
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts

OURS = ("+15005550006", "+15005550007")
EPOCH = datetime(2025, 12, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the recipient, written *second* seconds after the beginning, known by its *sid*."""

    sid: str
    word: str
    to: str
    second: int


Result = Callable[[Sequence[Said]], bool]


def is_blocked_by_rule(said: Iterable[Said]) -> bool:
    starts = [message for message in said if message.word == "START"]
    return any(
        not any(start.to == stop.to and start.second > stop.second for start in starts)
        for stop in said
        if stop.word == "STOP"
    )


def is_blocked_by_ours(deliveries: Sequence[Said]) -> bool:
    seconds = {message.sid: message.second for message in deliveries}
    opt_outs = OptOuts(
        MemoryOptOuts(), HandClock(), read_date_created=lambda sid: EPOCH + timedelta(seconds=seconds[sid])
    )
    for message in deliveries:
        opt_outs.receive(
            InboundText(sid=message.sid, from_=RECIPIENT, to=message.to, body=message.word, is_signed=True)
        )
    return opt_outs.is_opted_out(RECIPIENT)


def is_blocked_by_arrival(deliveries: Sequence[Said]) -> bool:
    last = {message.to: message.word for message in deliveries}
    return "STOP" in last.values()


def history(chance: random.Random) -> list[Said]:
    """Return up to eight messages within five seconds, so that many fall together."""
    return [
        Said(f"SM{number:032x}", chance.choice(["STOP", "START"]), chance.choice(OURS), chance.randrange(5))
        for number in range(chance.randrange(1, 9))
    ]


def deliveries_of(said: list[Said], chance: random.Random) -> list[Said]:
    delivered = [message for message in said for _ in range(chance.choice([1, 1, 1, 2, 3]))]
    chance.shuffle(delivered)
    return delivered


def wrong(result: Result, histories: int, seed: int) -> int:
    """Return after how many histories *result* differs from the rule."""
    chance = random.Random(seed)
    found = 0
    for _ in range(histories):
        said = history(chance)
        found += result(deliveries_of(said, chance)) != is_blocked_by_rule(said)
    return found


def main(histories: int, seed: int) -> bool:
    figures = (
        report(f"g22_wrong_of_{histories}_histories", wrong(is_blocked_by_ours, histories, seed), "<=0"),
        report("g22_by_arrival_wrong", wrong(is_blocked_by_arrival, histories, seed), ">=1"),
    )
    return all(figures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--histories", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=22)
    given = arguments.parse_args()
    raise SystemExit(0 if main(given.histories, given.seed) else 1)
