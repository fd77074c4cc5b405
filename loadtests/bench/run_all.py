"""`make bench` and `make bench-long`: run the benches one after the other, and write docs/performance.md.

Prints the figures as they come, and at last how long all took. What was told stays in ``loadtests/bench/results.json``,
from which the page is made: the other target's figures keep their place on it, and with ``--only`` those of all other
benches do. ``python loadtests/bench/run_all.py [--long] [--only FILE …] [--page]``; with ``--page`` nothing is run, the
page is made anew. Ends with status 1 if a bench could not run; a missed goal is no error.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from time import perf_counter

from machine import describe
from page import make_page
from plan import HERE, Bench, benches
from results import Run, Told, all_told, read_runs, write_runs

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


def run_target(*, is_long: bool, only: Sequence[str] = ()) -> bool:
    """Run a target, or *only* these files of it, and keep what was told; return whether every bench could run."""
    name, began = "bench-long" if is_long else "bench", perf_counter()
    runs, machine = read_runs(RESULTS), describe()
    wanted = [bench for bench in benches(is_long=is_long) if not only or bench.file in only]
    told = tuple(run_each(wanted))
    now = Run(f"{datetime.now(UTC):%Y-%m-%d}", machine, round(perf_counter() - began), told)
    run = merged(runs[name], now, benches(is_long=is_long)) if only and name in runs else now
    write_runs(RESULTS, dict(sorted({**runs, name: run}.items())))
    met = [figure.is_met for each in told for figure in each.figures if figure.goal is not None]
    print(f"# make {name} took {now.seconds:.0f} s: {sum(met)} of {len(met)} goals met")
    return len(told) == len(wanted)


def merged(before: Run, now: Run, plan: Iterable[Bench]) -> Run:
    """Return the whole run of *before* with what some benches tell now, in the order of the plan."""
    told = all_told((before, now))
    ordered = tuple(told[bench.command] for bench in plan if bench.command in told)
    return before._replace(told=ordered)


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
    parser.add_argument("--long", action="store_true", help="run what takes longer")
    parser.add_argument("--only", nargs="+", default=(), metavar="FILE", help="run these alone")
    parser.add_argument("--page", action="store_true", help="run nothing, write the page anew")
    asked = parser.parse_args()
    are_all_there = asked.page or run_target(is_long=asked.long, only=asked.only)
    write_page()
    return 0 if are_all_there else 1


if __name__ == "__main__":
    sys.exit(main())
