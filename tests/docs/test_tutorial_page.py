"""The tutorial: whoever follows it step by step sees what it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import twilio_sms.client  # noqa: F401 - a run of pytest within a test forgets what it loaded, and then loads it anew
from fake_twilio.commands.root import root
from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import ROOT, examples, page, words

NAME = "docs/tutorial.md"
EXAMPLES = examples(NAME)
STEPS = ["tutorial_test", "tutorial_refused", "tutorial_later", "tutorial_lost"]


@pytest.fixture
def folder(suite: pytest.Pytester) -> pytest.Pytester:
    """Give the reader's folder after the second step."""
    suite.makepyfile(reminders=EXAMPLES["tutorial_app"])
    return suite


def after(step: str) -> str:
    """Return the test file as it is after a step."""
    return "\n\n".join(EXAMPLES[name] for name in STEPS[: STEPS.index(step) + 1])


@pytest.mark.parametrize(("step", "passed"), [("tutorial_test", 1), ("tutorial_refused", 2), ("tutorial_later", 3)])
def test_all_tests_so_far_pass(folder: pytest.Pytester, step: str, passed: int) -> None:
    folder.makepyfile(test_reminders=after(step))

    folder.runpytest_inprocess("--strict-markers").assert_outcomes(passed=passed)


def test_a_wrong_table_is_shown_beside_the_closest_message(folder: pytest.Pytester) -> None:
    folder.makepyfile(test_reminders=after("tutorial_test").replace("table 7*", "table 8*"))

    shown = folder.runpytest_inprocess()

    shown.assert_outcomes(failed=1)
    shown.stdout.fnmatch_lines(["*table 8*", "*Your table 7 is ready.*"])


def test_who_tries_again_sends_twice_and_is_told(folder: pytest.Pytester) -> None:
    folder.makepyfile(test_reminders=after("tutorial_lost"))

    shown = folder.runpytest_inprocess()

    shown.assert_outcomes(passed=3, failed=1)
    told = EXAMPLES["tutorial_doubled"].strip()
    shown.stdout.fnmatch_lines([f"E*{told}*"])


def test_who_looks_first_sends_once(folder: pytest.Pytester) -> None:
    naive = re.search(r"def remind_stubbornly.*?continue\n", EXAMPLES["tutorial_lost"], re.DOTALL)
    assert naive is not None
    folder.makepyfile(test_reminders=after("tutorial_lost").replace(naive[0], EXAMPLES["tutorial_mended"]))

    folder.runpytest_inprocess("--strict-markers").assert_outcomes(passed=4)


def test_what_is_typed_runs_the_tests(tmp_path: Path) -> None:
    (tmp_path / "reminders.py").write_text(EXAMPLES["tutorial_app"])
    (tmp_path / "test_reminders.py").write_text(EXAMPLES["tutorial_test"])
    command = words(EXAMPLES["tutorial_run"].splitlines()[0], "python")
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": "-p no:cacheprovider"}

    shown = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=True, cwd=tmp_path, env=environ
    ).stdout

    assert shown.splitlines()[0] == EXAMPLES["tutorial_run"].splitlines()[1]
    assert shown.splitlines()[1].startswith("1 passed in ")


def test_what_is_sent_by_hand_arrives(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    (tmp_path / "reminders.py").write_text(EXAMPLES["tutorial_app"])
    line = EXAMPLES["tutorial_by_hand"].removeprefix("$ .venv/bin/python ").strip()
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}

    sent = subprocess.run(
        f"{sys.executable} {line}", shell=True, capture_output=True, text=True, check=True, cwd=tmp_path, env=environ
    )

    assert sent.stdout.strip() == fake_twilio.messages[0].sid


def test_the_server_can_be_started_and_the_extra_is_there() -> None:
    name, *arguments = words(EXAMPLES["tutorial_serve"].strip(), "fake-twilio")
    install = EXAMPLES["tutorial_install"].splitlines()[-1]
    extra = re.fullmatch(r'\$ pip install "twilio-sms\[(\w+)\]"', install)

    with root.commands[name].make_context(name, arguments) as context:
        assert f"http://127.0.0.1:{context.params['port']}/" in page(NAME)
    assert extra is not None
    assert f"\n{extra[1]} = [" in (ROOT / "pyproject.toml").read_text("utf-8")
    assert shutil.which("python3")
