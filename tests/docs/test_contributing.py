"""The page for contributors: its commands run, and the places that it names are there."""

import re
import subprocess
import sys

import pytest

from tests.docs.pages import ROOT, page

PAGE = page("CONTRIBUTING.md")
COMMANDS = re.findall(r"^\$ (.+)$", PAGE, re.MULTILINE)
MADE = (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z-]+)", PAGE))))
def test_what_is_made_can_be_made(target: str) -> None:
    assert f"\n{target}: " in MADE


def test_what_is_not_made_runs() -> None:
    (command,) = (command for command in COMMANDS if not command.startswith("make "))
    program, *words = command.split()

    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True)

    assert program == ".venv/bin/python"
    assert (done.returncode, "passed" in done.stdout) == (0, True)


@pytest.mark.parametrize("place", sorted(set(re.findall(r"`([\w.-]*[\w-]+/[\w./-]*)`", PAGE))))
def test_a_place_that_is_named_is_there(place: str) -> None:
    assert (ROOT / place).exists() or place == "dist/"


def test_each_row_begins_somewhere_and_is_told_somewhere() -> None:
    rows = re.findall(r"^\| (.+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)[1:]

    assert len(rows) > 10
    assert [row for row in rows if row[0] != "---" and "`" not in row[1]] == []
