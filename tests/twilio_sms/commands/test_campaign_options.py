"""Every way to send a campaign is an option of each command that sends."""

from dataclasses import fields
from pathlib import Path

import click
import pytest

from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.resume import resume
from twilio_sms.commands.send_bulk import send_bulk

ALL = {known.name for known in fields(Campaign)}
NOT_CAMPAIGN = {"journal", "dry_run", "base_url", "is_quiet", "as_json"}
MESSAGE = {"from_", "messaging_service", "body", "default_region"}


def test_each_setting_of_a_campaign_is_an_option() -> None:
    assert {option.name for option in send_bulk.params} - NOT_CAMPAIGN == ALL


def test_whoever_resumes_may_change_all_but_the_messages() -> None:
    options = {option.name for option in resume.params} - NOT_CAMPAIGN

    assert options == ALL - MESSAGE


@pytest.mark.parametrize("command", [send_bulk, resume], ids=lambda command: command.name)
def test_what_is_not_given_is_left_to_the_campaign(command: click.Command, tmp_path: Path) -> None:
    (tmp_path / "people.csv").touch()

    given = command.make_context("it", [str(tmp_path / "people.csv")]).params

    assert [name for name in ALL if name != "file" and given.get(name) is not None] == []


@pytest.mark.parametrize("name", ["workers", "on_unknown", "settle_seconds"])
def test_the_help_tells_the_default_that_the_campaign_has(name: str) -> None:
    option = next(option for option in send_bulk.params if option.name == name)
    default = next(known.default for known in fields(Campaign) if known.name == name)

    shown = f"{default:g}" if isinstance(default, float) else default
    assert f"[default: {shown}]" in option.help
