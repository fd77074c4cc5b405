"""Tests of the command that checks scenario files."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fake_twilio.commands.root import root

GOOD = "about: x.\nvars: {code: 21211}\nrules: [{then: {refuse: '${code}'}}]\ndefaults: {timeline: []}\n"
DOUBTFUL = GOOD + "phases: [{name: p, rules: [{then: {fault: hang}}]}]\n"


def check(tmp_path: Path, text: str, *words: str) -> Result:
    (tmp_path / "f.yaml").write_text(text, "utf-8")
    return CliRunner().invoke(root, ["check", str(tmp_path / "f.yaml"), *words])


def test_a_good_file_is_ok_and_ends_with_0(tmp_path: Path) -> None:
    result = check(tmp_path, GOOD, "carrier_reject", "--strict")

    assert result.output == f"{tmp_path / 'f.yaml'}: ok (1 rule)\ncarrier_reject: ok (1 rule)\n"
    assert result.exit_code == 0


def test_every_problem_is_a_line_and_ends_with_1(tmp_path: Path) -> None:
    result = check(tmp_path, "abuot: x\ndefaults: {timeline: [{status: snt}]}\n", "delivrd", "delivered")

    lines = result.output.splitlines()
    assert [line.removeprefix(str(tmp_path)).split(": ")[0] for line in lines[:3]] == [
        "/f.yaml:1:1",
        "/f.yaml:1:1",
        "/f.yaml:2:32",
    ]
    assert lines[3].endswith("did you mean delivered?")
    assert (lines[4], result.exit_code) == ("delivered: ok (0 rules)", 1)


@pytest.mark.parametrize(("words", "code", "grade"), [((), 0, "(warning)"), (("--strict",), 1, "(error)")])
def test_warnings_are_errors_if_that_is_wanted(tmp_path: Path, words: tuple[str, ...], code: int, grade: str) -> None:
    result = check(tmp_path, DOUBTFUL, *words)

    lines = result.output.splitlines()
    assert [line.endswith(grade) for line in lines[:2]] == [True, True]
    assert result.exit_code == code
    assert ("ok (2 rules, 2 warnings)" in result.output) is (code == 0)


def test_variables_are_set_by_the_option(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD, "--set", "code=21610").exit_code == 0
    assert "rules.0.then.refuse: wanted one of Twilio's" in check(tmp_path, GOOD, "--set", "code=7").output
    assert "no such variable: cod" in check(tmp_path, GOOD, "--set", "cod=7").output


def test_what_needs_a_message_cannot_come_before_it_is_read(tmp_path: Path) -> None:
    rule = "rules: [{when: {to: a}, then: {fault: reset_before_reading}}]\n"

    assert (
        "is decided before a message is read" in check(tmp_path, GOOD.replace(GOOD.splitlines()[2] + "\n", rule)).output
    )


def test_it_runs_as_a_process() -> None:
    command = [sys.executable, "-m", "fake_twilio", "check"]
    done = subprocess.run([*command, "delivered"], capture_output=True, text=True, timeout=30, check=False)
    none = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "delivered: ok (0 rules)\n", "")
    assert (none.returncode, "Missing argument" in none.stderr) == (2, True)
