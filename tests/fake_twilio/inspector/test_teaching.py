"""Tests of the lines to paste: each sends a message as it stands."""

import shutil
import subprocess
import sys

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.teaching import BODY, RECIPIENT, lines_to_paste
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio

HAS_CURL = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")


@pytest.fixture
def lines(fake_twilio: FakeTwilioFixture) -> dict[str, str]:
    return {line.title: line.text for line in lines_to_paste(fake_twilio)}


@pytest.mark.parametrize("title", ["Python, twilio-sms", "Python, official SDK"])
def test_lines_of_python_send(fake_twilio: FakeTwilioFixture, lines: dict[str, str], title: str) -> None:
    subprocess.run([sys.executable, "-c", lines[title]], check=True, timeout=30)

    assert [(message.to, message.body) for message in fake_twilio.messages] == [(RECIPIENT, BODY)]


@HAS_CURL
def test_the_line_for_the_shell_sends(fake_twilio: FakeTwilioFixture, lines: dict[str, str]) -> None:
    subprocess.run(["sh", "-c", lines["cURL"]], check=True, timeout=30, capture_output=True)

    assert [(message.to, message.body) for message in fake_twilio.messages] == [(RECIPIENT, BODY)]


@pytest.mark.parametrize("title", ["Python, twilio-sms", "Python, official SDK", pytest.param("cURL", marks=HAS_CURL)])
def test_lines_send_also_with_a_token_and_a_sender_that_languages_read_otherwise(title: str) -> None:
    world = parse_scenario("{about: x, numbers: [A - 1 & Co], defaults: {timeline: []}}", name="x")
    run = ["sh", "-c"] if title == "cURL" else [sys.executable, "-c"]
    with FakeTwilio(world, auth_token='it\'s "$(false)" `\\n` #1') as fake:
        text = next(line.text for line in lines_to_paste(fake) if line.title == title)

        subprocess.run([*run, text], check=True, timeout=30, capture_output=True)

        assert [message.sender for message in fake.messages] == ["A - 1 & Co"]


def test_the_lines_for_node_name_the_same(fake_twilio: FakeTwilioFixture, lines: dict[str, str]) -> None:
    text = lines["Node, official SDK"]

    assert all(fact in text for fact in (fake_twilio.url, fake_twilio.account_sid, RECIPIENT, BODY))
    assert "{{" not in text


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on this machine")
def test_the_lines_for_node_are_javascript(lines: dict[str, str]) -> None:
    run_node("--check", "-", text=lines["Node, official SDK"])


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on this machine")
def test_the_lines_for_node_send(fake_twilio: FakeTwilioFixture, lines: dict[str, str]) -> None:
    if run_node("-e", 'require.resolve("twilio")', is_checked=False).returncode != 0:
        pytest.skip("node finds no official SDK: npm install twilio, and NODE_PATH")

    run_node("-", text=lines["Node, official SDK"])

    assert [(message.to, message.body) for message in fake_twilio.messages] == [(RECIPIENT, BODY)]


def run_node(*arguments: str, text: str = "", is_checked: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node", *arguments], input=text, text=True, check=is_checked, timeout=30, capture_output=True
    )
