"""`make bench` and `make bench-long`: run the benches one after the other, and write docs/performance.md.

Prints the figures as they come, and at last how long all took. What was told stays in ``loadtests/bench/results.json``,
from which the page is made: the other target's figures keep their place on it. ``python loadtests/bench/run_all.py
[--long | --page]``; with ``--page`` nothing is run, the page is made anew. Ends with status 1 if a bench could not run;
a missed goal is no error.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from time import perf_counter

from machine import describe
from page import make_page
from plan import HERE, Bench, benches
from results import Run, Told, read_runs, write_runs

ROOT = HERE.parents[1]
RESULTS = HERE / "results.json"
PAGE, IMAGES = ROOT / "docs" / "performance.md", ROOT / "docs" / "images"


def run_each(wanted: Iterable[Bench]) -> Iterator[Told]:
    """Run each bench and yield what it told; one that fails is named and left out."""
    for bench in wanted:
        began = perf_counter()
        print(f"# {bench.command}", flush=True)
        try:
            told = Told.of_outputs(bench.command, [_output(bench) for _ in range(bench.runs)])
        except subprocess.CalledProcessError as failed:
            print(f"failed {bench.file}: status {failed.returncode}", flush=True)
            continue
        print(*(f"skipped {reason}" for reason in told.skipped), *told.figures, sep="\n", flush=True)
        print(f"# {perf_counter() - began:.0f} s", flush=True)
        yield told


def _output(bench: Bench) -> str:
    command = [sys.executable, str(HERE / bench.file), *bench.words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


def run_target(*, is_long: bool) -> bool:
    """Run a target and keep what was told; return whether every bench could run."""
    wanted, machine, began = benches(is_long=is_long), describe(), perf_counter()
    told = tuple(run_each(wanted))
    seconds = perf_counter() - began
    name = "bench-long" if is_long else "bench"
    run = Run(f"{datetime.now(UTC):%Y-%m-%d}", machine, round(seconds), told)
    write_runs(RESULTS, dict(sorted({**read_runs(RESULTS), name: run}.items())))
    met = [figure.is_met for each in told for figure in each.figures if figure.goal is not None]
    print(f"# make {name} took {seconds:.0f} s: {sum(met)} of {len(met)} goals met")
    return len(told) == len(wanted)


def write_page() -> None:
    """Write the page and its pictures from what is kept."""
    page = make_page(read_runs(RESULTS))
    for old in IMAGES.glob("performance-*.svg"):
        old.unlink()
    for name, picture in page.pictures.items():
        (IMAGES / name).write_text(picture, "utf-8")
    PAGE.write_text(page.text, "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser()
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--long", action="store_true", help="run what takes longer")
    choice.add_argument("--page", action="store_true", help="run nothing, write the page anew")
    asked = parser.parse_args()
    are_all_there = asked.page or run_target(is_long=asked.long)
    write_page()
    return 0 if are_all_there else 1


if __name__ == "__main__":
    sys.exit(main())
