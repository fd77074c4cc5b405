"""Whether time, a restart or an old backup opts anybody in again: reliability, G23.

Run as ``python -m tests.e2e.opt_out_age [--numbers 1000] [--seed 23]``. Some opt out, a backup is made, others opt out
and the list is exported. Ten years pass; the cache is empty, the process is another one; then the old backup is
restored and the export imported. Every number must still be blocked. Prints ``name value goal PASS|FAIL``, also for a
list whose entries expire.
"""

import argparse
import random
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from loadtests.bench.figures import report
from tests.doubles import HandClock
from tests.e2e.naive_opt_outs import NaiveOptOuts
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.opt_out import MaySend
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

ROOT = Path(__file__).parents[2]
TEN_YEARS_ON = HandClock(datetime(2036, 1, 1, tzinfo=UTC))
TEN_YEARS_SECONDS = 10 * 365 * 86_400
ASK = """
import sys
from tests.e2e.opt_out_age import allowed_of
print(allowed_of(sys.argv[1], sys.stdin.read().split()))
"""


def draw_numbers(count: int, seed: int) -> list[str]:
    return [f"+1555{number:07}" for number in random.Random(seed).sample(range(10**7), count)]


def allowed_of(path: str | Path, numbers: list[str]) -> int:
    """Return how many of *numbers* may be texted, ten years on, by the list at *path*."""
    opt_outs = OptOuts(SqliteOptOuts(path, must_exist=True), TEN_YEARS_ON)
    return sum(opt_outs.may_send(number) is MaySend.ALLOWED for number in numbers)


def allowed_in_another_process(path: Path, numbers: list[str]) -> int:
    asked = subprocess.run(
        [sys.executable, "-c", ASK, str(path)],
        input="\n".join(numbers),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return int(asked.stdout)


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many may be texted, though all opted out."""

    after_years: int
    after_restart: int
    with_backup_alone: int
    after_restore: int


def age(folder: Path, numbers: list[str]) -> Allowed:
    path, backup, export = folder / "opt-outs.db", folder / "backup.db", folder / "export.csv"
    clock = HandClock()
    store = SqliteOptOuts(path)
    opt_outs = OptOuts(store, clock)
    half = len(numbers) // 2
    for number in numbers[:half]:
        opt_outs.add(number)
    store.backup(backup)
    for number in numbers[half:]:
        opt_outs.add(number)
    with export.open("w", newline="") as file:
        opt_outs.export_csv(file)

    clock.sleep(TEN_YEARS_SECONDS)
    after_years = sum(opt_outs.may_send(number) is MaySend.ALLOWED for number in numbers)
    store.close()
    after_restart = allowed_in_another_process(path, numbers)
    with_backup_alone = allowed_of(backup, numbers)
    with export.open(newline="") as file:
        OptOuts(SqliteOptOuts(backup, must_exist=True), clock).import_csv(file)
    return Allowed(after_years, after_restart, with_backup_alone, allowed_in_another_process(backup, numbers))


def age_naively(folder: Path, numbers: list[str]) -> int:
    clock = HandClock()
    opt_outs = NaiveOptOuts(folder / "naive.db", clock)
    for number in numbers:
        opt_outs.add(number)
    clock.sleep(TEN_YEARS_SECONDS)
    return sum(opt_outs.may_send(number) is MaySend.ALLOWED for number in numbers)


def main(count: int, seed: int) -> bool:
    numbers = draw_numbers(count, seed)
    with TemporaryDirectory() as folder:
        allowed = age(Path(folder), numbers)
        naively = age_naively(Path(folder), numbers)
    figures = (
        report(f"g23_allowed_of_{count}_after_ten_years", allowed.after_years, "<=0"),
        report("g23_allowed_after_a_restart", allowed.after_restart, "<=0"),
        report("g23_allowed_with_the_backup_alone", allowed.with_backup_alone, ">=1"),
        report("g23_allowed_after_backup_and_import", allowed.after_restore, "<=0"),
        report("g23_naive_allowed_after_ten_years", naively, ">=1"),
    )
    return all(figures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--numbers", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=23)
    given = arguments.parse_args()
    raise SystemExit(0 if main(given.numbers, given.seed) else 1)
