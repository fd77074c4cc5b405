"""What a master and two workers have sent, what the fake has, and what a sink was told are the same, to the message."""

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.ports import find_obstacle
from fake_twilio.load.sink_process import SinkProcess
from tests.e2e.loads import MESSAGES, PATIENCE_SECONDS, command, counted, load, served

pytestmark = pytest.mark.timeout(120)
MESSAGES_SENT = 120
USERS = ("-u", "8", "-r", "8", "-t", "100s")


def free_port() -> int:
    return next(port for port in range(20_000 + os.getpid() % 10_000, 60_000) if not find_obstacle("127.0.0.1", port))


def bound_to(port: str) -> tuple[str, ...]:
    return "--master-bind-host", "127.0.0.1", "--master-bind-port", port


def spawn(stack: ExitStack, fake: FakeTwilioFixture, *words: str) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        command("--host", fake.url, *words),
        env={**os.environ, **fake.environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return stack.enter_context(process)


def test_a_master_and_two_workers_count_what_the_fake_has_and_the_sink_was_told(tmp_path: Path) -> None:
    with served() as fake, ExitStack() as stack:
        sink, port = SinkProcess.start(), str(free_port())
        stack.callback(sink.stop)
        ours = ("--master", "--expect-workers", "2", *bound_to(port), "--sink", sink.url, "--summary", str(tmp_path))
        master = spawn(stack, fake, *ours, *USERS, "--messages", f"{MESSAGES_SENT}", "--rate", "5")
        theirs = ("--worker", "--master-host", "127.0.0.1", "--master-port", port)
        workers = [spawn(stack, fake, *theirs) for _ in range(2)]
        out, err = master.communicate(timeout=PATIENCE_SECONDS)
        assert [worker.wait(20) for worker in workers] == [0, 0]
        told = requests.get(f"{sink.url}/counts", timeout=10).json()
        messages = fake.messages

    assert master.returncode == 0, out + err
    assert "load, fake and sink agree to the message" in out
    sent, texts = counted(tmp_path)[MESSAGES], counted(tmp_path)["POST /_fake/receive"]
    assert sent + texts == MESSAGES_SENT
    assert sum(message.direction == "outbound-api" for message in messages) == sent
    assert sum(message.direction == "inbound" for message in messages) == texts == told["replies"]
    assert told["by_status"]["delivered"] == sent + texts
    assert "processes: 2" in (tmp_path / "summary.txt").read_text("utf-8")


def test_one_message_that_the_load_did_not_send_is_found(tmp_path: Path) -> None:
    with served() as fake, ExitStack() as stack:
        port = str(free_port())
        ours = ("--processes", "2", *bound_to(port), "--master-port", port, "--summary", str(tmp_path))
        master = spawn(stack, fake, *ours, *USERS, "--messages", "32", "--rate", "1", "Transactional")
        while not fake.messages and master.poll() is None:
            Event().wait(0.05)
        fake.submit((("To", "+15551234567"), ("From", "+15005550006"), ("Body", "a stray one")))
        out, err = master.communicate(timeout=PATIENCE_SECONDS)

    assert master.returncode == 1, out + err
    assert counted(tmp_path)[MESSAGES] == 32
    assert "sent: load 32 and 0 replies, fake 33" in out.splitlines()
    assert "delivered: fake 33, sink 32" in out.splitlines()
    assert "did not tell all" not in out


def test_users_without_a_client_go_where_the_variables_say_and_count_the_same(tmp_path: Path) -> None:
    with served() as fake:
        words = ["RawApi", "-u", "1", "--messages", "30", "-t", "60s", "--slo", "errors=0", "--summary", str(tmp_path)]
        done = load(fake.environment(), *words)

        assert (done.status, done.problems.count("Traceback (most recent call last):")) == (0, 0), done.out + done.err
        assert counted(tmp_path)[MESSAGES] == len(fake.messages) == 30
