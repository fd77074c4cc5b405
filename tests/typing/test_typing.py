"""Code that uses the public types is clean in mypy's strict mode, and what is wrong in it is found."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what mypy says of the two applications, with nothing of this project's own settings."""
    settings = ["--strict", "--config-file=", f"--cache-dir={tmp_path_factory.mktemp('mypy')}", "--no-error-summary"]
    command = [sys.executable, "-m", "mypy", *settings, str(HERE / "user_code.py"), str(HERE / "wrong_code.py")]
    environ = {**os.environ, "MYPYPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, cwd=HERE, env=environ).stdout


def lines_of(told: str, name: str) -> set[int]:
    """Return the lines of a file that mypy finds fault with."""
    return {int(line) for line in re.findall(rf"^{name}:(\d+): error", told, re.MULTILINE)}


@pytest.mark.timeout(300)
def test_the_code_of_a_user_is_clean(told: str) -> None:
    assert lines_of(told, "user_code.py") == set(), told


@pytest.mark.timeout(300)
def test_what_is_wrong_is_found_and_nothing_else(told: str) -> None:
    marked = [n for n, line in enumerate((HERE / "wrong_code.py").read_text().splitlines(), 1) if "# wrong" in line]

    assert lines_of(told, "wrong_code.py") == set(marked), told
