"""``fake-twilio explain``: what a scenario lets happen, and which rule a message would take."""

import shutil
import sys
from typing import Any

import click

from fake_twilio.commands.ending import unplayable_ends
from fake_twilio.commands.settings import set_option
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.scenario_files.load import load_scenario
from fake_twilio.scenario_tools.explanation import explained, judged
from fake_twilio.server import ACCOUNT_SID

WIDTH = 100  # characters of a line, unless a terminal is narrower
NARROWEST = 40


@click.command(short_help="Draw the rules of a scenario.")
@click.argument("file")
@click.option("--to", default="", help="Recipient of a message that is judged.")
@click.option("--from", "sender", default="", help="Its sender.")
@click.option("--body", default="", help="Its text.")
@click.option("--service", "service_sid", default="", help="SID of the messaging service that it is sent by.")
@click.option("--media", default=0, type=click.IntRange(0, 10), help="How many files come along.")
@set_option
def explain(file: str, settings: dict[str, str], **message: Any) -> None:
    """Draw the rules of FILE, a file or the name of a scenario: their conditions, timelines and odds.

    With a message (`--to`, `--from`, `--body`, `--service`, `--media`) say instead which rule it would take, why those
    before it do not, and what then happens.
    """
    with unplayable_ends():
        scenario = load_scenario(file, settings)
    if any(message.values()):
        envelope = Envelope(account_sid=ACCOUNT_SID, **message)
        click.echo(judged(scenario, envelope, _width()))
    else:
        click.echo(explained(scenario, _width()))


def _width() -> int:
    if not sys.stdout.isatty():
        return WIDTH
    return max(min(shutil.get_terminal_size().columns, WIDTH), NARROWEST)
