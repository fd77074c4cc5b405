"""The example load: it drives the example shop over HTTP, and finds out a shop that is slow or refused."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import ROOT
from tests.docs.shops import config
from tests.e2e.loads import Done, counted, load, served

EXAMPLES = ROOT / "docs" / "examples"
GOALS = "p99_ship=5s,p99_known=10s,p99_reply=10s,errors=0"
pytestmark = pytest.mark.timeout(120)


@contextmanager
def shop(fake: FakeTwilioFixture, folder: Path, **variables: str) -> Iterator[str]:
    """Run the Flask shop as its users do; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    origin = f"http://127.0.0.1:{port}"
    environ = {**os.environ, **config(fake, folder, origin), "PORT": port, **variables}
    command = [sys.executable, str(EXAMPLES / "flask_app.py")]
    with subprocess.Popen(command, cwd=folder, env=environ, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert any("Running on" in line for line in process.stderr)
            Thread(target=process.stderr.read, daemon=True).start()  # a pipe that is full would hold it up
            yield origin
        finally:
            process.terminate()


def loaded(fake: FakeTwilioFixture, origin: str, folder: Path, *words: str) -> Done:
    options = ["--app-url", origin, "-u", "6", "-r", "6", "-t", "4s", "--summary", str(folder / "out"), *words]
    return load({**fake.environment()}, *options, locustfile=EXAMPLES / "shop_load.py")


def test_a_shop_that_is_well_keeps_to_its_goals(tmp_path: Path) -> None:
    with served() as fake, shop(fake, tmp_path) as origin:
        done = loaded(fake, origin, tmp_path, "--slo", GOALS)
        shipped = sum(message.body == "Order 17 is on its way." for message in fake.messages)
        answered = sum(message.body == "Order 17 is packed." for message in fake.messages)

    assert done.status == 0, done.out + done.err
    counts = counted(tmp_path / "out")
    assert (counts["ship"], counts["known"], counts["reply"]) == (shipped, shipped, answered)
    assert shipped > 0 < answered


def test_a_shop_that_waits_for_twilio_is_found_slow(tmp_path: Path) -> None:
    with served() as fake, shop(fake, tmp_path) as origin:
        fake.use("slow_answers")
        done = loaded(fake, origin, tmp_path, "Staff", "--slo", "p50_ship=500ms")

    assert done.status == 1
    assert "<=500ms FAIL" in done.out


def test_a_shop_whose_texts_are_refused_is_found_out(tmp_path: Path) -> None:
    with served() as fake, shop(fake, tmp_path, TWILIO_AUTH_TOKEN="0" * 32) as origin:
        done = loaded(fake, origin, tmp_path, "Staff", "--slo", "errors_ship=0")

    assert done.status == 1
    assert "HTTP 502" in done.err
    assert "<=0 FAIL" in done.out
