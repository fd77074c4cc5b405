"""Users as Locust runs them: in processes of their own, since Locust patches the one that imports it."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture

HEAD = """
from locust import events, task
from fake_twilio.load import RequestFailed, TwilioUser, attach, constant_arrivals, offer
offer(events)
attach(events)
class Sender(TwilioUser):
"""
SENDS = """
    @task
    def send(self):
        with self.from_schedule("send"):
            self.client.messages.send(to=self.fresh_recipient(), from_=self.sender, body="hello")
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def locust(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> Run:
    """Give what runs a locustfile against the fake for a second."""

    def run(body: str, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "locustfile.py"
        file.write_text(HEAD + body)
        command = [sys.executable, "-m", "fake_twilio.load", "-f", str(file), "--headless", "--only-summary"]
        command += ["-L", "WARNING", "--host", fake_twilio.url, "-u", "4", "-r", "4", "-t", "1s", *words]
        environment = {**os.environ, **fake_twilio.environment(), **environ}
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=50, env=environment)

    return run


def requests_of(done: subprocess.CompletedProcess[str], name: str) -> tuple[int, int]:
    """Return how many requests and failures Locust has under *name*."""
    found = re.search(rf"^\S+ +{re.escape(name)} +([0-9]+) +([0-9]+)\(", done.stderr, re.MULTILINE)
    assert found is not None, done.stderr
    return int(found[1]), int(found[2])


def test_every_message_is_counted_and_has_a_recipient_of_its_own(locust: Run, fake_twilio: FakeTwilioFixture) -> None:
    done = locust(SENDS, "--slo", "p99_send=20s,errors=0")

    assert done.returncode == 0, done.stderr
    recipients = {message.to for message in fake_twilio.messages}
    assert len(recipients) == len(fake_twilio.messages) > 20
    assert requests_of(done, "/2010-04-01/Accounts/{Sid}/Messages.json") == (len(recipients), 0)
    assert requests_of(done, "send") == (len(recipients), 0)
    assert "+1" not in done.stderr


def test_as_many_are_sent_as_are_asked_for_and_users_end(locust: Run, fake_twilio: FakeTwilioFixture) -> None:
    done = locust(SENDS, "--messages", "37", "-t", "50s", "--slo", "p99_send=50s,errors=0")

    assert done.returncode == 0, done.stderr
    assert len(fake_twilio.messages) == 37
    assert requests_of(done, "send") == (37, 0)
    assert "Traceback" not in done.stderr


def test_the_rate_of_the_command_line_is_kept(locust: Run, fake_twilio: FakeTwilioFixture) -> None:
    locust(SENDS, "--rate", "5")

    assert 12 <= len(fake_twilio.messages) <= 24


def test_a_schedule_of_ones_own_and_a_measure_of_ones_own(locust: Run) -> None:
    done = locust(
        '    measures = ("checkout",)\n    wait_time = constant_arrivals(5)\n' + SENDS.replace('"send"', '"checkout"'),
        "--slo",
        "p99_checkout=20s,errors_checkout=0",
    )

    assert done.returncode == 0, done.stderr
    assert 12 <= requests_of(done, "checkout")[0] <= 24


def test_failures_are_counted_by_kind_and_end_no_user(locust: Run) -> None:
    fails = SENDS.replace("self.client", 'raise RequestFailed("nobody")\n            self.client')

    done = locust(fails, "--rate", "5", "--slo", "errors=0")

    asked, failed = requests_of(done, "send")
    assert (done.returncode, asked) == (1, failed)
    assert re.search(rf"^{failed} +schedule send: RequestFailed\('nobody'\)", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr


def test_a_user_may_have_limits(locust: Run, fake_twilio: FakeTwilioFixture) -> None:
    settings = """
    from twilio_sms import Config, Rate, RateLimits
    config = Config(rate_limits=RateLimits(global_rate=Rate(1, 2), on_limit="raise"))
"""

    done = locust(settings + SENDS, "--rate", "10")

    assert len(fake_twilio.messages) <= 4 * 4
    assert "LocalRateLimitError" in done.stderr


def test_two_workers_and_their_master_count_what_the_fake_holds(
    locust: Run, fake_twilio: FakeTwilioFixture, tmp_path: Path
) -> None:
    done = locust(SENDS, *a_master(), "--summary", str(tmp_path), "-t", "2s")

    assert done.returncode == 0, done.stderr
    summary = (tmp_path / "summary.txt").read_text("utf-8")
    held = {message.to for message in fake_twilio.messages}
    assert "processes: 2" in summary
    assert int(re.findall(r"^send +([0-9]+)", summary, re.MULTILINE)[0]) == len(held) == len(fake_twilio.messages)
    assert {number[:5] for number in held} == {"+1290", "+1291"}


def a_master() -> list[str]:
    """Return the options of a master on a port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    return ["--processes", "2", "--master-bind-host", "127.0.0.1", "--master-bind-port", port, "--master-port", port]


def test_a_load_that_cannot_begin_leaves_one_line_and_no_process(locust: Run) -> None:
    done = locust(SENDS, *a_master(), TWILIO_AUTH_TOKEN="0" * 32)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "does not let this account in: set TWILIO_AUTH_TOKEN" in done.stderr


ENDED_WHILE_IT_WAITS = """
class Group:
    def killone(self, greenlet):
        pass  # has not reached the user yet

import locust
from locust.exception import StopUser
from locust.user.task import LOCUST_STATE_RUNNING, LOCUST_STATE_WAITING
for state in (LOCUST_STATE_WAITING, LOCUST_STATE_RUNNING):
    user = Sender(locust.env.Environment())
    user._group, user._state = Group(), state
    user.stop()
    user.stop()  # by its process, and by the master
    try:
        user.from_schedule("send")
        print("goes on")
    except StopUser:
        print("begins nothing")
"""


def test_a_user_that_is_ended_while_it_waits_begins_nothing_and_one_at_work_goes_on() -> None:
    script = f"{HEAD}    pass\n{ENDED_WHILE_IT_WAITS}"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.stdout.splitlines(), done.stderr) == (["begins nothing", "goes on"], "")
