"""Tests of the environments that CI makes and throws away."""

import sys
from pathlib import Path

import pytest

from tests.packaging.ci import ci_module

environments = ci_module("environments")
OWN = f"{sys.version_info.major}.{sys.version_info.minor}"


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_python_that_runs_is_found_first() -> None:
    assert environments.interpreter(OWN) == sys.executable


def test_a_python_that_is_not_here_is_not_found() -> None:
    assert environments.interpreter("3.2") is None


def test_a_shim_that_starts_nothing_has_no_version(tmp_path: Path) -> None:
    shim = program(tmp_path / "python3.12", "echo 'python3.12: command not found' >&2; exit 127")

    assert environments.version_of(shim) == ""


def test_a_python_says_its_version() -> None:
    assert environments.version_of(sys.executable) == OWN


def test_what_is_told_is_what_a_command_prints(tmp_path: Path) -> None:
    said = environments.told([program(tmp_path / "say", "echo $WORD in; pwd >&2")], tmp_path, {"WORD": "well"})

    assert said == f"well in\n{tmp_path}\n"


def test_a_command_that_fails_ends_all_with_its_last_lines(tmp_path: Path) -> None:
    failing = program(tmp_path / "fail", "seq 1 200; echo broken >&2; exit 3")

    with pytest.raises(SystemExit) as caught:
        environments.told([failing, "now"])

    *_, last, command = str(caught.value).splitlines()
    assert (last, command) == ("broken", f"failed: {failing} now")
    assert len(str(caught.value).splitlines()) == environments.MAX_LINES + 1


def test_what_leads_elsewhere_is_left_out() -> None:
    surrounded = environments.surroundings(WORD="well")

    assert surrounded["WORD"] == "well"
    assert not set(environments.FOREIGN) & set(surrounded)
