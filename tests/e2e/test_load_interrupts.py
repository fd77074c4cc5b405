"""Ctrl-C ends a load at any moment: no trace, no process left behind, and what was sent is judged as ever."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import psutil
import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.e2e.loads import LOCUSTFILE, PATIENCE_SECONDS, command, served

pytestmark = pytest.mark.timeout(120)
USERS = ("-u", "4", "-r", "4", "-t", "100s")
HERE = "import os, signal\nos.killpg(0, signal.SIGINT)\n"
IN_A_TASK = """
from locust import events, task
from fake_twilio.load import TwilioUser, attach, offer
import os, signal
offer(events)
attach(events)

class Shop(TwilioUser):
    @task
    def send(self):
        with self.from_schedule("send"):
            os.killpg(0, signal.SIGINT)
            self.client.messages.send(to=self.fresh_recipient(), from_=self.sender, body="hello")
"""


@contextmanager
def spawned(words: list[str], environ: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run a command as a terminal does: in a group of its own, which Ctrl-C reaches as a whole."""
    with subprocess.Popen(
        words,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        yield process


def wait_until(is_so: Callable[[], object], process: "subprocess.Popen[str]") -> None:
    while not is_so() and process.poll() is None:
        Event().wait(0.02)


def two_processes(fake: FakeTwilioFixture) -> list[str]:
    port = str(fake.port + 1 if fake.port < 65_000 else fake.port - 1)
    return ["--processes", "2", "--master-bind-host", "127.0.0.1", "--master-bind-port", port, "--master-port", port]


@pytest.mark.parametrize("has_workers", [False, True], ids=["one process", "a master and two workers"])
def test_a_load_that_is_interrupted_is_judged_and_leaves_no_process(has_workers: bool) -> None:
    with served() as fake:
        words = command("--host", fake.url, *USERS, *(two_processes(fake) if has_workers else []), "--slo", "errors=0")
        with spawned(words, fake.environment()) as process:
            wait_until(lambda: fake.messages, process)
            children = psutil.Process(process.pid).children(recursive=True)
            os.killpg(process.pid, signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE_SECONDS)

    assert (process.returncode, "Traceback" in err) == (0, False), out + err
    assert "load, fake and sink agree to the message" in out
    assert len(children) == (3 if has_workers else 1)
    assert psutil.wait_procs(children, timeout=20)[1] == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_one_that_has_not_begun_ends_without_a_word(tmp_path: Path, moment: str) -> None:
    locustfile = tmp_path / "locustfile.py"
    parts = [HERE, LOCUSTFILE.read_text("utf-8")]
    locustfile.write_text("\n".join(parts if moment == "before" else reversed(parts)), "utf-8")
    with served() as fake:
        words = command("--host", fake.url, *USERS, locustfile=locustfile)
        with spawned(words, fake.environment()) as process:
            out, err = process.communicate(timeout=PATIENCE_SECONDS)

        assert (process.returncode, "Traceback" in err, out) == (130, False, ""), err
        assert list(fake.messages) == []


def test_the_user_whose_turn_it_is_finishes_its_request(tmp_path: Path) -> None:
    (tmp_path / "locustfile.py").write_text(IN_A_TASK, "utf-8")
    with served() as fake:
        words = command("--host", fake.url, *USERS, "--slo", "errors=0", locustfile=tmp_path / "locustfile.py")
        with spawned(words, fake.environment()) as process:
            out, err = process.communicate(timeout=PATIENCE_SECONDS)

        assert (process.returncode, "Traceback" in err) == (0, False), out + err
        assert len(fake.messages) > 0


def test_make_load_is_interrupted_as_the_load_is(tmp_path: Path) -> None:
    words = [sys.executable, str(LOCUSTFILE.parent / "run.py"), "-t", "100s", "--summary", str(tmp_path)]
    with spawned(words, {}) as process:
        wait_until((tmp_path / "summary.txt").exists, process)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)

    assert "Traceback" not in err, err
    assert out.splitlines()[-1].startswith("the fake holds ")
