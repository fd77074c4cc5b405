"""The example bulk job: killed, started twice, stopped by wrong credentials, it tells each person once."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import ROOT

JOB = ROOT / "docs" / "examples" / "nightly.py"
DAY = "2026-11-27"
PATIENCE_SECONDS = 30
WORKERS = 8  # of a bulk, each of which waits for an answer
TABLE = "CREATE TABLE IF NOT EXISTS appointments (day TEXT, time TEXT, name TEXT, phone TEXT)"


class Practice:
    """A practice with its appointments in *folder*, and the job that cron starts there."""

    def __init__(self, folder: Path, job: Path = JOB) -> None:
        self.folder = folder
        self._command = [sys.executable, "-W", "error", str(job), DAY, "--settle-seconds", "4"]

    def book(self, *phones: str) -> None:
        rows = [(DAY, f"{9 + number // 6}:{number % 6}0", "Ada", phone) for number, phone in enumerate(phones)]
        with closing(sqlite3.connect(self.folder / "appointments.db")) as database, database:
            database.execute(TABLE)
            database.executemany("INSERT INTO appointments VALUES (?, ?, ?, ?)", rows)

    def run(self, **variables: str) -> "subprocess.CompletedProcess[str]":
        environ = {**os.environ, **variables}
        return subprocess.run(
            self._command, cwd=self.folder, env=environ, capture_output=True, text=True, timeout=PATIENCE_SECONDS
        )

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Run the job meanwhile; it is killed at the end of the block, if it has not ended."""
        with subprocess.Popen(self._command, cwd=self.folder, stderr=subprocess.DEVNULL) as job:
            try:
                yield job
            finally:
                job.kill()


def wait_until(is_so: Callable[[], bool], job: "subprocess.Popen[bytes]") -> None:
    latest = monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert job.poll() is None
        assert monotonic() < latest
        try:
            job.wait(0.01)
        except subprocess.TimeoutExpired:
            continue


def phones(count: int) -> list[str]:
    return [f"+1555123{number:04}" for number in range(count)]


def told(fake: FakeTwilioFixture) -> list[str]:
    return sorted(message.to for message in fake.messages)


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return Practice(tmp_path)


def test_everybody_is_told_once_and_a_day_that_is_done_is_silent(
    fake_twilio: FakeTwilioFixture, practice: Practice
) -> None:
    practice.book(*phones(5))

    ended = [practice.run() for _ in range(3)]

    assert [(done.returncode, done.stdout, done.stderr) for done in ended] == [(0, "", "")] * 3
    assert told(fake_twilio) == phones(5)
    fake_twilio.assert_sent(to=phones(1)[0], body="Hi Ada, we see you today at 9:00.", times=1)


def kill_in_the_middle(fake: FakeTwilioFixture, practice: Practice) -> None:
    """Kill the job while each of its workers waits for an answer, and start it again in a world that is well."""
    practice.book(*phones(20))
    with practice.running() as job:
        wait_until(lambda: len(fake.messages) == WORKERS, job)
        job.kill()
    fake.use("delivered")
    assert practice.run().returncode == 0


@pytest.mark.fake_twilio(scenario="slow_answers", settings={"latency": "20s"})
def test_a_kill_in_the_middle_costs_nobody_a_text_and_nobody_gets_two(
    fake_twilio: FakeTwilioFixture, practice: Practice
) -> None:
    kill_in_the_middle(fake_twilio, practice)

    assert told(fake_twilio) == phones(20)


@pytest.mark.fake_twilio(scenario="slow_answers", settings={"latency": "20s"})
def test_the_same_job_without_a_journal_tells_people_twice(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    careless = tmp_path / "careless.py"
    careless.write_text(JOB.read_text("utf-8").replace('            journal=rows.with_suffix(".db"),\n', ""), "utf-8")

    kill_in_the_middle(fake_twilio, Practice(tmp_path, careless))

    assert len(told(fake_twilio)) == 20 + WORKERS


@pytest.mark.fake_twilio(scenario="slow_answers", settings={"latency": "20s"})
def test_a_second_job_leaves_at_once(fake_twilio: FakeTwilioFixture, practice: Practice) -> None:
    practice.book(*phones(20))
    with practice.running() as first:
        wait_until(lambda: len(fake_twilio.messages) == WORKERS, first)

        second = practice.run()

    assert (second.returncode, second.stderr) == (75, "")
    assert len(fake_twilio.messages) == WORKERS


def test_wrong_credentials_stop_it_and_right_ones_let_it_go_on(
    fake_twilio: FakeTwilioFixture, practice: Practice
) -> None:
    practice.book(*phones(5))

    stopped = practice.run(TWILIO_AUTH_TOKEN="0" * 32)

    assert stopped.returncode == 3
    assert stopped.stderr.startswith("stopped, and goes on with the next run: ")
    assert (practice.run().returncode, told(fake_twilio)) == (0, phones(5))


def test_a_person_is_to_look_at_what_was_refused(fake_twilio: FakeTwilioFixture, practice: Practice) -> None:
    practice.book("+15551230001", "nobody")

    done = practice.run()

    assert (done.returncode, told(fake_twilio)) == (1, ["+15551230001"])
    assert done.stderr.startswith("row 2 REJECTED: ")


def test_who_opted_out_is_left_alone(fake_twilio: FakeTwilioFixture, practice: Practice) -> None:
    practice.book(*phones(2))
    with fake_twilio.client(opt_outs=practice.folder / "optouts.db") as client:
        client.opt_outs.add(phones(2)[1])

    done = practice.run()

    assert (done.returncode, told(fake_twilio)) == (0, phones(1))
    assert done.stderr.startswith("row 2 SKIPPED: +1555***0001 opted out")


def test_who_is_told_is_settled_by_the_first_run_of_a_day(fake_twilio: FakeTwilioFixture, practice: Practice) -> None:
    practice.book(*phones(3))
    assert practice.run(TWILIO_AUTH_TOKEN="0" * 32).returncode == 3
    practice.book("+15551239999")

    assert (practice.run().returncode, told(fake_twilio)) == (0, phones(3))


@pytest.mark.parametrize("words", [(), ("today",)], ids=["no day", "no date"])
def test_it_cannot_be_called_wrongly(practice: Practice, words: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, str(JOB), *words], capture_output=True, text=True, cwd=practice.folder)

    assert done.returncode == 2
    assert not list(practice.folder.iterdir())
