"""Tests of the command that checks an app."""

import json
import subprocess
import sys

import pytest
from click.testing import Result

from fake_twilio.commands.root import root
from tests.command_runner import CliRunner
from tests.fake_twilio.checkup import apps


def doctor(*words: str, token: str = apps.TOKEN) -> Result:
    return CliRunner().invoke(root, ["doctor", *words], env={"TWILIO_AUTH_TOKEN": token})


def test_a_good_app_is_a_line_for_each_check_and_ends_with_0() -> None:
    with apps.running(apps.good) as url:
        result = doctor(url, "--kind", "both")

    lines = result.output.splitlines()
    assert (result.exit_code, len(lines), {line.split()[0] for line in lines}) == (0, 18, {"PASS"})
    assert lines[0] == f"PASS  inbound reachable       connected to {url}"


def test_what_failed_says_what_to_do_and_ends_with_1() -> None:
    with apps.running(apps.trusting) as url:
        result = doctor(url)

    (line,) = [line for line in result.output.splitlines() if " tampered " in line]
    assert result.exit_code == 1
    assert line.startswith("FAIL  inbound tampered        answered 200, wanted 403; check X-Twilio-Signature before")


def test_of_two_tokens_the_first_signs() -> None:
    with apps.running(apps.good) as url:
        assert doctor(url, token=f"{apps.TOKEN}, {'0f' * 16}").exit_code == 0
        assert doctor(url, token=f"{'0f' * 16},{apps.TOKEN}").exit_code == 1


def test_a_warning_alone_ends_with_0() -> None:
    with apps.running(apps.answering(apps.HELLO, "text/html")) as url:
        result = doctor(url)

    assert (result.exit_code, "WARN  inbound twiml" in result.output) == (0, True)


def test_json_says_the_same() -> None:
    with apps.running(apps.crashing) as url:
        result = doctor(url, "--json")

    told = json.loads(result.output)
    (failure,) = [finding for finding in told["findings"] if finding["grade"] == "FAIL"]
    assert (result.exit_code, told["url"], told["ok"], failure["check"]) == (1, url, False, "unsigned")
    assert sorted(failure) == ["advice", "check", "grade", "kind", "reason"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nowhere",),
        ("http://127.0.0.1:9/", "--kind", "voice"),
        ("http://127.0.0.1:9/", "--timeout", "60"),
        ("http://127.0.0.1:9/", "--from", "Alice"),
        ("http://127.0.0.1:9/", "--callback-allow", "8.8.8.8"),
    ],
    ids=["no address", "no web address", "kind", "timeout", "sender", "public network"],
)
def test_a_wrong_call_ends_with_2(words: tuple[str, ...]) -> None:
    result = doctor(*words)

    assert (result.exit_code, result.stderr.startswith("Usage:")) == (2, True)


def test_what_may_not_be_called_is_not() -> None:
    result = doctor("http://10.1.2.3/sms")

    assert result.exit_code == 1
    assert "10.1.2.3 is not allowed; --callback-allow" in result.output


def test_it_runs_as_a_process_and_shows_no_token() -> None:
    with apps.running(apps.good) as url:
        command = [sys.executable, "-m", "fake_twilio", "doctor", url, "--auth-token", "another token"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)

    assert (done.returncode, done.stderr) == (1, "")
    assert "WARN  inbound public address" in done.stdout
    assert "another token" not in done.stdout
