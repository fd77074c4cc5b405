"""Tests of scenario files that mean harm: each is refused quickly, in little memory, with its place and a reason."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fake_twilio.scenario_files.events import PythonLoader, QuickLoader
from fake_twilio.scenario_files.marked import Spot, read_yaml
from fake_twilio.scenario_files.problems import YamlError
from tests.fake_twilio.scenario_files.hostile import FILES, NO_FILES, laughs, merges

JUDGE = Path(__file__).with_name("hostile_judge.py")
MAX_CPU_SECONDS = 1.0
MAX_MIB = 200
Verdicts = Mapping[str, Mapping[str, Any]]


def judge(reader: str, paths: list[Path], *, cpu_seconds: int) -> subprocess.CompletedProcess[str]:
    """Let another process read the files; what hangs in it is ended by its limits, or by our patience."""
    command = [sys.executable, str(JUDGE), reader, str(cpu_seconds), "1000", *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, timeout=50, cwd=Path(__file__).parents[3])


def verdicts(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """What came of each hostile file: one process reads them all, so that its most memory is that of the worst."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = {name: folder / f"f{number}.yaml" for number, name in enumerate(FILES)}
    for name, path in paths.items():
        path.write_bytes(FILES[name].content)
    for number, (name, (make, _)) in enumerate(NO_FILES.items()):
        paths[name] = make(folder / f"n{number}.yaml")

    done = judge("ours", [*paths.values()], cpu_seconds=30)

    assert (done.returncode, done.stderr) == (0, "")
    return dict(zip(paths, verdicts(done), strict=True))


def test_there_are_enough_of_them() -> None:
    assert len(FILES) + len(NO_FILES) >= 40


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_with_its_place_and_a_reason(judged: Verdicts, name: str) -> None:
    verdict, file = judged[name], FILES[name]

    kind, first, *_ = verdict["said"]
    assert kind == "ScenarioError"
    assert first.startswith(f"{verdict['path']}:{file.place}: ")
    assert file.wanted in first


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_file_is_refused_without_being_read(judged: Verdicts, name: str) -> None:
    kind, problem = judged[name]["said"]

    assert kind == "ScenarioError"
    assert problem.startswith(judged[name]["path"] + NO_FILES[name][1])


@pytest.mark.parametrize("name", [*FILES, *NO_FILES])
def test_a_hostile_file_costs_little(judged: Verdicts, name: str) -> None:
    assert judged[name]["cpu_seconds"] < MAX_CPU_SECONDS
    assert judged[name]["most_mib"] < MAX_MIB


@pytest.mark.parametrize("name", [*FILES, *NO_FILES])
def test_what_is_said_is_short_and_drives_no_terminal(judged: Verdicts, name: str) -> None:
    _, *problems = judged[name]["said"]

    assert len(problems) <= 50
    assert all(line.isprintable() for line in problems)
    assert max(len(line) for line in problems) < 600


def test_a_reader_without_limits_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "bomb.yaml"
    path.write_bytes(merges(12))

    done = judge("naive", [path], cpu_seconds=2)

    said = verdicts(done)
    assert done.returncode == -signal.SIGKILL or said[0]["most_mib"] > MAX_MIB


def placed(spot: Any) -> Any:
    """Return the places of a spot and of everything in it."""
    if not isinstance(spot, Spot):
        return spot
    inside = spot.inside
    children = [placed(one) for one in (inside.values() if isinstance(inside, dict) else inside or ())]
    return [(mark.line, mark.column) if mark else None for mark in (spot.mark, spot.key_mark)], children


def outcome(text: str, loader: Any) -> Any:
    try:
        marked = read_yaml(text, loader)
    except YamlError as error:
        return [problem.told("f") for problem in error.problems]
    return marked.value, placed(marked._spot)


def readable(name: str) -> str | None:
    try:
        return FILES[name].content.decode() if len(FILES[name].content) < 70_000 else None
    except UnicodeDecodeError:
        return None


TEXTS = {name: text for name in FILES if (text := readable(name)) is not None} | {
    "laughs without aliases": laughs(1).decode(),
    "a file of the usual kind": "about: 'x'\nrules:\n  - {a: [b, \"c\"]}\n  # d\n  - e: |\n      f\n",
}


@pytest.mark.skipif(QuickLoader is PythonLoader, reason="PyYAML has no libyaml here")
@pytest.mark.parametrize("name", TEXTS)
def test_both_parsers_say_the_same_of_a_file(name: str) -> None:
    assert outcome(TEXTS[name], QuickLoader) == outcome(TEXTS[name], PythonLoader)
