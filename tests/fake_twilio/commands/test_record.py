"""Tests of the command that records an API."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result

from fake_twilio.commands.root import root
from fake_twilio.scenario_files.load import load_scenario
from fake_twilio.server import FakeTwilio
from tests.command_runner import CliRunner
from twilio_sms import Client

SENDER, RECIPIENT, BODY = "+14155550100", "+15550101234", "the code is 4711"


@contextmanager
def recording(fake: FakeTwilio, output: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    """Run the command in front of a fake; give the process and a client that goes through it."""
    command = [sys.executable, "-m", "fake_twilio", "record", "--upstream", fake.url, "--output", str(output)]
    with subprocess.Popen(
        [*command, "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            url = next(line for line in process.stdout if line.startswith("export ")).strip().partition("=")[2]
            names = {"TWILIO_ACCOUNT_SID": fake.account_sid, "TWILIO_AUTH_TOKEN": fake.auth_token}
            with Client.from_env({**names, "TWILIO_BASE_URL": url}) as client:
                yield process, client
        finally:
            process.kill()


def record(*words: str) -> Result:
    return CliRunner().invoke(root, ["record", *words])


def test_a_recording_ends_by_itself_and_its_file_can_be_played(tmp_path: Path) -> None:
    output = tmp_path / "seen.yaml"
    with (
        FakeTwilio("carrier_reject", speed=5) as fake,
        recording(fake, output, "--requests", "1", "--watch", "--watch-every", "0.02") as (process, client),
    ):
        sid = client.messages.send(to=RECIPIENT, from_=SENDER, body=BODY).sid
        out, err = process.communicate(timeout=20)
        secrets = (fake.auth_token, fake.account_sid, sid, BODY, SENDER[1:], RECIPIENT[1:])

    assert (process.returncode, err) == (0, "")
    assert out.endswith(f"written to {output}; play it with: fake-twilio serve {output}\n")
    scenario = load_scenario(output)
    ((_, usual),) = scenario.otherwise.options
    assert usual.timeline is not None
    assert [(step.status, step.error_code) for step in usual.timeline.steps][-1] == ("undelivered", 30007)
    written = output.read_bytes()
    assert [word for word in secrets if word.encode() in written] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_the_file_is_written(tmp_path: Path, number: signal.Signals) -> None:
    output = tmp_path / "seen.yaml"
    with FakeTwilio(clock="manual") as fake, recording(fake, output) as (process, client):
        client.messages.send(to=RECIPIENT, from_=SENDER, body=BODY)
        process.send_signal(number)
        process.communicate(timeout=20)

    assert process.returncode == 0
    assert load_scenario(output).about == "Recorded from an API that took 1 messages and refused 0."


@pytest.mark.parametrize(
    ("upstream", "file", "word"),
    [("http://api.twilio.com", "a.yaml", "wanted https"), ("http://127.0.0.1:9", "no/a.yaml", "there is no folder")],
)
def test_a_wrong_call_ends_with_2(tmp_path: Path, upstream: str, file: str, word: str) -> None:
    result = record("--upstream", upstream, "--output", str(tmp_path / file))

    assert (result.exit_code, word in result.stderr) == (2, True)


def test_a_taken_port_is_one_line_and_ends_with_1(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        result = record("--upstream", "http://127.0.0.1:9", "--output", str(tmp_path / "a.yaml"), "--port", port)

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "choose another --port" in result.stderr
