"""What benches have told, kept in a file from which the page is made."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, Self

from figures import Figure


class Told(NamedTuple):
    """What one command told: its figures, and what it skipped with the reason."""

    command: str
    figures: tuple[Figure, ...]
    skipped: tuple[str, ...] = ()

    @classmethod
    def of_outputs(cls, command: str, outputs: Sequence[str]) -> Self:
        """Read what a command printed, once or several times: the median of each figure counts."""
        runs = [_figures(output) for output in outputs]
        skipped = dict.fromkeys(line for output in outputs for line in output.splitlines() if _is_skip(line))
        return cls(command, medians(runs), tuple(line.removeprefix("skipped ") for line in skipped))

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Self:
        return cls(tree["command"], tuple(Figure(*figure) for figure in tree["figures"]), tuple(tree["skipped"]))


class Run(NamedTuple):
    """One run of `make bench` or `make bench-long`: when, on what machine, how long it took, what was told."""

    day: str
    machine: Mapping[str, str]
    seconds: float
    told: tuple[Told, ...]

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Self:
        return cls(tree["day"], tree["machine"], tree["seconds"], tuple(map(Told.from_tree, tree["told"])))


def medians(runs: Sequence[Sequence[Figure]]) -> tuple[Figure, ...]:
    """Return each figure with the median of its values in all *runs* that have it."""
    values: dict[tuple[str, str | None], list[float]] = {}
    for name, value, goal in (figure for run in runs for figure in run):
        values.setdefault((name, goal), []).append(value)
    return tuple(Figure(name, float(f"{median(each):.6g}"), goal) for (name, goal), each in values.items())


def read_runs(path: Path) -> dict[str, Run]:
    """Return the runs that *path* holds, by the name of what made them; none if there is no such file."""
    if not path.is_file():
        return {}
    return {name: Run.from_tree(tree) for name, tree in json.loads(path.read_text("utf-8")).items()}


def write_runs(path: Path, runs: Mapping[str, Run]) -> None:
    trees = {name: {**run._asdict(), "told": [told._asdict() for told in run.told]} for name, run in runs.items()}
    path.write_text(json.dumps(trees, indent=1) + "\n", "utf-8")


def all_told(runs: Iterable[Run]) -> dict[str, Told]:
    """Return what was told in all runs, by command."""
    return {told.command: told for run in runs for told in run.told}


def _figures(output: str) -> list[Figure]:
    return [figure for line in output.splitlines() if (figure := Figure.parse(line)) is not None]


def _is_skip(line: str) -> bool:
    return line.startswith("skipped ")
