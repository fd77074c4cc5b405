"""The page of figures is made of what benches told, and its names and goals are those that the benches report now."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.modules import BENCH, bench_module

ROOT = Path(__file__).parents[2]
page, plan, results, misses = (bench_module(name) for name in ("page", "plan", "results", "misses"))
RUNS = results.read_runs(BENCH / "results.json")
TOLD = [(told.command, told.figures) for run in RUNS.values() for told in run.told]
SHORT = plan.benches(is_long=False)
ANYTHING = "(?s:.*)"


def pattern_of(node: ast.expr | None) -> str:
    """Return what an expression may be as a text: itself where it is written down, anything where it is not."""
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(map(pattern_of, node.values))
    return "" if node is None else ANYTHING


def reported(file: str) -> Iterator[tuple[str, str]]:
    """Yield the patterns of name and goal of each figure that a bench reports."""
    for node in ast.walk(ast.parse((BENCH / file).read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "report":
            yield pattern_of(node.args[0]), pattern_of(node.args[2] if len(node.args) > 2 else None)


def test_the_page_and_its_pictures_are_those_that_would_be_made_now() -> None:
    made = page.make_page(RUNS)

    assert (ROOT / "docs" / "performance.md").read_text("utf-8") == made.text, (
        "docs/performance.md is of another day: run `python loadtests/bench/run_all.py --page`"
    )
    pictures = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "images").glob("performance-*.svg")}
    assert pictures == made.pictures


def test_the_page_has_each_bench_that_make_bench_runs() -> None:
    assert [told.command for told in RUNS["bench"].told] == [bench.command for bench in SHORT]


@pytest.mark.parametrize(("command", "figures"), TOLD, ids=[command for command, _ in TOLD])
def test_each_figure_of_the_page_is_one_that_its_bench_reports_with_that_goal(command, figures) -> None:
    patterns = list(reported(Path(command.split()[1]).name))

    assert figures
    for name, _value, goal in figures:
        assert any(re.fullmatch(names, name) and re.fullmatch(goals, goal or "") for names, goals in patterns), name


@pytest.mark.parametrize("bench", SHORT, ids=lambda bench: bench.file)
def test_each_figure_that_a_bench_reports_by_name_is_on_the_page(bench) -> None:
    (told,) = (told for told in RUNS["bench"].told if told.command == bench.command)
    there = " ".join((*(figure.name for figure in told.figures), *told.skipped))

    missing = [name for name, _goal in reported(bench.file) if re.fullmatch(r"\w+", name) and name not in there]
    assert missing == [], f"run `python loadtests/bench/run_all.py --only {bench.file}`"


def test_each_miss_that_is_explained_is_a_figure_of_the_page() -> None:
    assert set(misses.WHY) <= {figure.name for _command, figures in TOLD for figure in figures}
