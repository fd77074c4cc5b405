"""Processes that take one webhook: one dies in the middle of it, or two come at once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.doubles import HandClock
from tests.e2e.webhook_owner import TAKES

ROOT = Path(__file__).parents[2]


class Owner:
    """A process that takes the webhook when it is told to."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def go_on(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def owner(variant: str, folder: Path) -> Iterator[Owner]:
    command = [sys.executable, "-m", "tests.e2e.webhook_owner", variant, str(folder / "seen"), str(folder / "effects")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        one = Owner(process)
        try:
            assert one.hear() == "ready"
            yield one
        finally:
            one.kill()


def die_at_work(variant: str, folder: Path) -> None:
    with owner(variant, folder) as one:
        one.go_on()
        assert one.hear() == "told"
        one.kill()


@pytest.mark.parametrize(("variant", "is_worked_on"), [("ours", True), ("naive", False)])
def test_what_was_killed_at_work_is_worked_on_by_the_next_after_the_lease(
    variant: str, is_worked_on: bool, tmp_path: Path
) -> None:
    die_at_work(variant, tmp_path)
    clock = HandClock(datetime.now(UTC))

    answer = TAKES[variant](tmp_path / "seen", lambda: "by the next", clock)

    assert ("by the next" in answer) is is_worked_on
    assert clock.monotonic() < 15  # which is as long as Twilio waits


def test_of_two_processes_that_come_at_once_one_works_and_both_answer_alike(tmp_path: Path) -> None:
    with owner("ours", tmp_path) as first, owner("ours", tmp_path) as second:
        first.go_on()
        assert first.hear() == "told"
        second.go_on()
        first.go_on()

        answers = [first.hear(), second.hear()]

    assert answers[0] == answers[1]
    assert "<Message>" in answers[0]
    assert (tmp_path / "effects").read_text() == "told\n"


def test_who_notes_first_answers_the_second_with_another_thing(tmp_path: Path) -> None:
    with owner("naive", tmp_path) as first, owner("naive", tmp_path) as second:
        first.go_on()
        assert first.hear() == "told"
        second.go_on()
        assert second.hear() == "seen before"
        first.go_on()
        assert first.hear() != "seen before"
