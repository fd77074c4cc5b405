"""Tests of the command that has somebody send a message."""

import pytest
from click.testing import Result
from pytest_httpserver import HTTPServer

from fake_twilio.commands.root import root
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio
from tests.command_runner import CliRunner
from tests.doubles import RECIPIENT, SENDER


def receive(url: str, *words: str, to: str = SENDER, **variables: str) -> Result:
    return CliRunner().invoke(root, ["receive", "--from", RECIPIENT, "--to", to, "--url", url, *words], env=variables)


def test_a_message_comes_in(fake_twilio: FakeTwilioFixture) -> None:
    result = receive(fake_twilio.url, "hello", "--media", "https://media.example/a.png")

    (message,) = fake_twilio.messages
    assert (result.exit_code, result.output) == (0, f"{message.sid} receiving\n")
    assert (message.sender, message.to, message.body) == (RECIPIENT, SENDER, "hello")
    assert message.media_urls == ("https://media.example/a.png",)


def test_the_address_is_read_from_the_variable_of_the_client(fake_twilio: FakeTwilioFixture) -> None:
    words = ["receive", "--from", RECIPIENT, "--to", SENDER, "hi"]

    result = CliRunner().invoke(root, words, env={"TWILIO_BASE_URL": fake_twilio.url})

    assert (result.exit_code, len(fake_twilio.messages)) == (0, 1)


def test_what_is_refused_is_told(fake_twilio: FakeTwilioFixture) -> None:
    result = receive(fake_twilio.url, "hello", to="Alice")

    assert (result.exit_code, "nobody has the number Alice" in result.stderr) == (1, True)


def test_a_number_that_receives_nothing_says_why(fake_twilio: FakeTwilioFixture) -> None:
    text = f"about: x.\nnumbers: ['{SENDER}']\nservices: [{{sid: MG{'0e' * 16}}}]\ndefaults: {{timeline: []}}\n"
    fake_twilio.use(parse_scenario(text))

    result = receive(fake_twilio.url, "hello")

    assert (result.exit_code, f"{SENDER} receives nothing" in result.stderr) == (1, True)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "nowhere", "ftp://127.0.0.1/x", "http://["])
def test_where_no_fake_answers_is_told_what_to_do(url: str) -> None:
    result = receive(url, "hello")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"no fake answers at {url}: ")
    assert result.stderr.endswith("start one with: fake-twilio serve\n")


def test_what_is_no_fake_is_told(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/_fake/receive").respond_with_data("not here", status=404)

    result = receive(httpserver.url_for("").rstrip("/"), "hello")

    assert result.stderr == "what answers there is no fake Twilio, or one that does not know this: HTTP 404\n"


def test_a_token_is_asked_for_and_given() -> None:
    with FakeTwilio(clock="manual", admin_token="let me in") as fake:
        without, given = receive(fake.url, "hello"), receive(fake.url, "hello", FAKE_TWILIO_ADMIN_TOKEN="let me in")

    assert (without.exit_code, "wanted the admin token" in without.stderr) == (1, True)
    assert given.exit_code == 0
