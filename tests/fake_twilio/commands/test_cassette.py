"""What was recorded from one fake happens again at another."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as OfficialClient

from fake_twilio.commands.root import root
from fake_twilio.fixture import FakeTwilioFixture
from twilio_sms import Recorder, TwilioError

SENDER = "+15005550006"
RECIPIENTS = ("+15550300001", "+15557654321", "+15550301001", "+15550300002", "+15557654321")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(root, [str(word) for word in words])


def record(fake: FakeTwilioFixture, path: Path) -> list[int | str]:
    """Send to each recipient and record it; return the codes, and the statuses of what was taken."""
    outcomes: list[int | str] = []
    with fake.client(transport=Recorder(path)) as client:
        for recipient in RECIPIENTS:
            try:
                outcomes.append(str(client.messages.send(to=recipient, from_=SENDER, body="hello").status))
            except TwilioError as error:
                outcomes.append(error.code or 0)
    return outcomes


def replay(official: OfficialClient, to: str) -> Any:
    try:
        return official.messages.create(to=to, from_=SENDER, body="hello").status
    except TwilioRestException as error:
        return error.code


@pytest.mark.fake_twilio(scenario="invalid_number")
def test_the_official_sdk_gets_the_same_answers(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    recorded, scenario = tmp_path / "recorded.json", tmp_path / "scenario.yaml"
    then = record(fake_twilio, recorded)

    assert run("cassette", recorded, "--output", scenario).exit_code == 0
    assert run("check", "--strict", scenario).output == f"{scenario}: ok (5 rules)\n"
    fake_twilio.use(scenario)
    official = OfficialClient(fake_twilio.account_sid, fake_twilio.auth_token)
    fake_twilio.patch_sdk(official)
    now = [replay(official, to) for to in stand_ins(scenario)]

    assert now == then == [21211, "queued", 21614, 21211, "queued"]


def stand_ins(scenario: Path) -> list[str]:
    return [rule["when"]["to"] for rule in yaml.safe_load(scenario.read_text())["rules"]]


def test_it_is_printed_unless_it_is_to_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"interactions": []}')

    result = run("cassette", tmp_path / "a.json")

    assert result.exit_code == 0
    assert result.output.startswith("about: The 0 messages of a cassette")


def test_what_is_no_cassette_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")

    result = run("cassette", tmp_path / "a.json")

    assert (result.exit_code, "interactions: this key is missing" in result.output) == (2, True)
