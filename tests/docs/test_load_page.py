"""The page about load: its locustfiles run in Locust, against a fake."""

import os
import re
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.options import add_options
from fake_twilio.load.slo import MEASURES, parse_slo
from tests.docs.pages import examples, page, run, words

EXAMPLES = examples("docs/load.md")
COMMAND = "python -m fake_twilio.load"


@pytest.fixture
def fake() -> Iterator[FakeTwilioFixture]:
    """Give a fake whose time passes by itself, ten times as fast."""
    with FakeTwilioFixture(clock="real", speed=10) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the files of the page."""
    (tmp_path / "locustfile.py").write_text(EXAMPLES["locustfile"])
    (tmp_path / "own_measure.py").write_text(EXAMPLES["own_measure"])
    (tmp_path / "stall.yaml").write_text(EXAMPLES["stall"])
    return tmp_path


def load(example: str, fake: FakeTwilioFixture, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command of an example in *folder*."""
    line = EXAMPLES[example].splitlines()[0]
    command = [sys.executable, "-m", "fake_twilio.load", *words(line, COMMAND), "-L", "WARNING", *more]
    environ = {**os.environ, **fake.environment()}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=50, cwd=folder, env=environ)


def verdicts(text: str) -> list[tuple[str, str, str]]:
    """Return name, goal and verdict of each line that is one."""
    return re.findall(r"^([\w.]+) \S+ (<=\S+) (PASS|FAIL)", text, re.MULTILINE)


def test_a_locustfile_of_ones_own_is_judged(fake: FakeTwilioFixture, folder: Path) -> None:
    done = load("load_run", fake, folder)

    assert verdicts(done.stdout) == verdicts(EXAMPLES["load_run"])
    assert done.returncode == 0, done.stderr
    assert f"fake: delivered {len(fake.messages)}\n" in (folder / "out" / "summary.txt").read_text("utf-8")


def test_a_measure_of_ones_own_is_judged(fake: FakeTwilioFixture, folder: Path) -> None:
    done = load("load_own_measure", fake, folder)

    assert done.returncode == 0, done.stderr
    assert [verdict[0] for verdict in verdicts(done.stdout)] == ["p50_code", "errors_code"]


def test_a_stall_is_seen_from_the_schedule_and_not_by_who_waits(fake: FakeTwilioFixture, folder: Path) -> None:
    done = load("load_stall", fake, folder)

    assert verdicts(done.stdout) == verdicts(EXAMPLES["load_stall"])
    assert done.returncode == 1


def test_several_processes_count_what_the_fake_holds(fake: FakeTwilioFixture, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])

    done = load("load_processes", fake, folder, "--master-bind-port", port, "--master-port", port)

    assert done.returncode == 0, done.stderr
    (sent,) = re.findall(r"^send +([0-9]+)", (folder / "out" / "summary.txt").read_text("utf-8"), re.MULTILINE)
    assert int(sent) == len(fake.messages) == int(words_after(EXAMPLES["load_processes"], "--messages"))


def test_a_load_by_count_sends_so_many(fake: FakeTwilioFixture, folder: Path) -> None:
    done = load("load_by_count", fake, folder)

    assert done.returncode == 0, done.stderr
    assert len(fake.messages) == int(words_after(EXAMPLES["load_by_count"], "--messages"))


def words_after(line: str, option: str) -> str:
    return line.split(f"{option} ")[1].split()[0]


def test_what_was_measured_elsewhere_is_judged() -> None:
    told = run(EXAMPLES["judge_load"]).splitlines()

    assert told[0] == "max_send 1s <=1s PASS"
    assert [line for line in told[1:] if f"`{line}`" not in page("docs/load.md")] == []


def test_the_objectives_in_the_text_can_be_read() -> None:
    (text,) = re.findall(r"`--slo ([^`]*)`: a name", page("docs/load.md"))

    assert len(parse_slo(text)) == 3


def test_the_page_has_every_option_and_every_measure() -> None:
    told = page("docs/load.md")

    parser = ArgumentParser(add_help=False)
    add_options(parser)

    offered = {action.option_strings[0] for action in parser._actions}
    assert set(re.findall(r"^\| `(--[a-z-]+)", told, re.MULTILINE)) == offered
    assert [
        f"| `{name}` | {about} |" for name, about in MEASURES.items() if f"| `{name}` | {about} |" not in told
    ] == []
