"""Whether anybody is texted whose opt-out cannot be read: reliability, G20.

Run as ``python -m tests.e2e.opt_out_faults [--points 200] [--seed 20]``. A list with opt-outs is opened and read once;
then its file is taken away, locked, cut, emptied, replaced or damaged at a random place. Half of the damaged ones are
opened only after it. When the cache has expired, every number is asked for. The judge knows who opted out.

Prints ``name value goal PASS|FAIL``: how many who opted out may be texted, how many may be texted at all while nothing
can be read, how many acknowledged STOPs do not count afterwards; and that others may be texted at all.
"""

import argparse
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from loadtests.bench.figures import report
from tests.doubles import HandClock
from tests.e2e.naive_opt_outs import NaiveOptOuts
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.opt_out import MaySend
from twilio_sms.errors import OptOutUnknownError
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

OPTED_OUT = [f"+1555000{number:04}" for number in range(60)]
OTHERS = [f"+1555111{number:04}" for number in range(20)]
LATECOMER = "+15552220000"

Fault = Callable[[Path, random.Random], AbstractContextManager[object]]


@dataclass
class Count:
    """What the judge saw, over all points."""

    opted_out_allowed: int = 0
    unreadable_allowed: int = 0
    acknowledged_lost: int = 0
    others_allowed: int = 0


class OurList:
    """The list under test."""

    def __init__(self, path: Path, clock: HandClock) -> None:
        self._store = SqliteOptOuts(path, busy_seconds=0)
        self._opt_outs = OptOuts(self._store, clock)
        self.add = self._opt_outs.add
        self.may_send = self._opt_outs.may_send

    def close(self) -> None:
        self._store.close()

    def commit(self) -> None:
        """What is recorded is committed."""


MAKERS: dict[str, Callable[[Path, HandClock], Any]] = {"ours": OurList, "naive": NaiveOptOuts}


def take_away(path: Path, _: random.Random) -> AbstractContextManager[object]:
    path.unlink()
    return nullcontext()


def move_folder(path: Path, _: random.Random) -> AbstractContextManager[object]:
    path.parent.rename(path.parent.with_name("elsewhere"))
    return nullcontext()


def replace_by_a_new_one(path: Path, _: random.Random) -> AbstractContextManager[object]:
    other = path.with_name("other.db")
    SqliteOptOuts(other).close()
    other.replace(path)
    return nullcontext()


def lock_writers_out(path: Path, _: random.Random) -> AbstractContextManager[object]:
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    return closing(locker)


def lock_all_out(path: Path, _: random.Random) -> AbstractContextManager[object]:
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("PRAGMA locking_mode=EXCLUSIVE")
    locker.execute("BEGIN IMMEDIATE")
    return closing(locker)


def damage(path: Path, chance: random.Random) -> AbstractContextManager[object]:
    """Write garbage of up to a page somewhere in the file."""
    with path.open("r+b") as file:
        file.seek(chance.randrange(path.stat().st_size))
        file.write(chance.randbytes(chance.choice([1, 2, 8, 100, 4096])))
    return nullcontext()


def flip_a_bit(path: Path, chance: random.Random) -> AbstractContextManager[object]:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    with path.open("r+b") as file:
        file.write(content)
    return nullcontext()


def cut(path: Path, chance: random.Random) -> AbstractContextManager[object]:
    with path.open("r+b") as file:
        file.truncate(chance.choice([0, chance.randrange(path.stat().st_size)]))
    return nullcontext()


def damage_log(path: Path, chance: random.Random) -> AbstractContextManager[object]:
    path.with_name(f"{path.name}-wal").write_bytes(chance.randbytes(5000))
    return nullcontext()


LIVE: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (take_away, move_folder, replace_by_a_new_one, lock_writers_out, damage, flip_a_bit, cut, damage_log)
}
AT_REST: dict[str, Fault] = {
    fault.__name__: fault for fault in (lock_all_out, damage, damage, flip_a_bit, cut, damage_log)
}
UNREADABLE = {"take_away", "move_folder", "replace_by_a_new_one", "lock_all_out"}


def make_list(variant: str, path: Path) -> None:
    opt_outs = MAKERS[variant](path, HandClock())
    for number in OPTED_OUT:
        opt_outs.add(number)
    opt_outs.commit()
    opt_outs.close()


def judge_point(variant: str, made: Path, folder: Path, chance: random.Random, count: Count) -> None:
    """Do one fault to a copy of the list at *made*, and count what it lets through."""
    path = folder / "list" / "opt-outs.db"
    path.parent.mkdir()
    shutil.copy(made, path)
    clock = HandClock()
    is_live = chance.random() < 0.5
    opt_outs = MAKERS[variant](path, clock) if is_live else None
    if opt_outs:
        ask(opt_outs, [*OPTED_OUT, *OTHERS])
    name, fault = chance.choice(sorted((LIVE if is_live else AT_REST).items()))
    with fault(path, chance):
        clock.sleep(2)
        with suppress(OptOutUnknownError):  # a list that cannot be opened lets nobody send
            opt_outs = opt_outs or MAKERS[variant](path, clock)
            judge_answers(opt_outs, name, count)
    if opt_outs:
        opt_outs.close()


def judge_answers(opt_outs: Any, fault: str, count: Count) -> None:
    answers = ask(opt_outs, [*OPTED_OUT, *OTHERS])
    allowed = {number for number, answer in answers.items() if answer is MaySend.ALLOWED}
    count.opted_out_allowed += len(allowed.intersection(OPTED_OUT))
    count.others_allowed += len(allowed.intersection(OTHERS))
    count.unreadable_allowed += len(allowed) if fault in UNREADABLE else 0
    with suppress(OptOutUnknownError):
        opt_outs.add(LATECOMER)
        count.acknowledged_lost += opt_outs.may_send(LATECOMER) is MaySend.ALLOWED


def ask(opt_outs: Any, numbers: list[str]) -> dict[str, MaySend]:
    return {number: opt_outs.may_send(number) for number in numbers}


def judge(variant: str, points: int, seed: int) -> Count:
    chance = random.Random(seed)
    count = Count()
    with TemporaryDirectory() as made:
        path = Path(made, "made.db")
        make_list(variant, path)
        for _ in range(points):
            with TemporaryDirectory() as folder:
                judge_point(variant, path, Path(folder), chance, count)
    return count


def main(points: int, seed: int) -> bool:
    ours, naive = judge("ours", points, seed), judge("naive", points, seed)
    figures = (
        report(f"g20_opted_out_but_allowed_at_{points}_points", ours.opted_out_allowed, "<=0"),
        report("g20_allowed_while_unreadable", ours.unreadable_allowed, "<=0"),
        report("g20_acknowledged_stops_without_effect", ours.acknowledged_lost, "<=0"),
        report("g20_others_allowed", ours.others_allowed, ">=1"),
        report("g20_naive_opted_out_but_allowed", naive.opted_out_allowed, ">=1"),
        report("g20_naive_allowed_while_unreadable", naive.unreadable_allowed, ">=1"),
        report("g20_naive_acknowledged_stops_without_effect", naive.acknowledged_lost, ">=1"),
    )
    return all(figures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--points", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=20)
    given = arguments.parse_args()
    raise SystemExit(0 if main(given.points, given.seed) else 1)
