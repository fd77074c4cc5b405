"""The README's examples run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from twilio.rest import Client as TwilioClient

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import bundled, parse_scenario
from fake_twilio.server import ACCOUNT_SID, AUTH_TOKEN, TEST_ACCOUNT_SID, TEST_AUTH_TOKEN

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"<!-- example: (\w+) -->\n```\w+\n(.*?)```", README, re.DOTALL))


def run(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=dict(os.environ)
    ).stdout


def test_no_code_stands_there_that_is_no_example() -> None:
    assert set(EXAMPLES) == {
        "script",
        "pytest",
        "instant",
        "mount",
        "serve",
        "scenario",
        "services",
        "contents",
        "sdk",
        "resources",
    }
    assert README.count("```") == 2 * (len(EXAMPLES) + 1)  # and the two commands


def test_the_script_sends(fake_twilio: FakeTwilioFixture) -> None:
    printed = run(EXAMPLES["script"])

    (message,) = fake_twilio.messages
    assert printed == f"{message.sid} queued 1\n"


def test_the_sdk_sends_and_lists(fake_twilio: FakeTwilioFixture) -> None:
    printed = run(EXAMPLES["sdk"])

    (message,) = fake_twilio.messages
    assert printed == f"{message.sid} queued\nqueued\n"


def test_the_sdk_reaches_the_other_resources(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["resources"]) == "active SK +1415 MG True\n"


def test_the_test_credentials_are_these() -> None:
    assert f"`{TEST_ACCOUNT_SID}` and `{TEST_AUTH_TOKEN}`" in README


@pytest.mark.parametrize("example", ["pytest", "instant", "mount"])
def test_the_test_passes(pytester: pytest.Pytester, example: str) -> None:
    pytester.makeini("[pytest]\naddopts = -p no:locust -p no:cacheprovider\nfilterwarnings = error")
    pytester.makepyfile(EXAMPLES[example])

    pytester.runpytest_inprocess("--strict-markers").assert_outcomes(passed=1)


def test_the_command_is_one_that_there_is() -> None:
    install, serve = EXAMPLES["serve"].splitlines()
    words = serve.removeprefix("$ fake-twilio ").split()

    shown = subprocess.run(
        [sys.executable, "-m", "fake_twilio", *words, "--help"], capture_output=True, text=True, check=True
    )

    assert install == '$ pip install "twilio-sms[fake]"'
    assert "Serve a fake Twilio" in shown.stdout


def test_the_scenario_loads() -> None:
    scenario = parse_scenario(EXAMPLES["scenario"])

    assert len(scenario.rules) == 2


def test_the_services_are_known(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario(EXAMPLES["services"]))

    with fake_twilio.client() as client:
        sent = client.messages.send(
            to="+15551234567", messaging_service_sid="MG0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e", body="hello"
        )
    fake_twilio.settle()

    (message,) = fake_twilio.messages
    assert (sent.status, message.sender, message.status) == ("accepted", "+14155550101", "delivered")


def test_the_template_is_filled_in(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario(EXAMPLES["contents"]))
    client = TwilioClient(fake_twilio.account_sid, fake_twilio.auth_token)
    client.api.base_url = fake_twilio.url

    sent = client.messages.create(
        to="+15551234567",
        from_="+15005550006",
        content_sid="HX0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e",
        content_variables='{"1": "Ann", "2": "1234"}',
    )

    client.http_client.session.close()
    assert sent.body == "Hello Ann, your code is 1234"
    assert "ContentSid" in dict(fake_twilio.messages[-1].options)


def test_every_bundled_scenario_is_named() -> None:
    assert [name for name in bundled() if f"`{name}`" not in README] == []


def test_the_makefile_has_both_commands() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")

    for command in re.findall(r"\$ make (\w+)", README):
        assert f"\n{command}:" in makefile


def test_the_default_credentials_are_the_ones_that_are_documented() -> None:
    assert f"`{ACCOUNT_SID}`" in README
    assert f"`{AUTH_TOKEN}`" in README
