"""``twilio-sms resume``: goes on with a campaign that broke off."""

import sys
from pathlib import Path
from typing import Any

import click

from twilio_sms.bulk.journal import Journal
from twilio_sms.commands.campaign_options import FILE, absolute, how_options
from twilio_sms.commands.endings import failures_end
from twilio_sms.commands.kept import JOURNAL, get_campaign
from twilio_sms.commands.running import Run
from twilio_sms.errors import ValidationError


@click.command(short_help="Go on with a bulk that was interrupted.")
@click.argument("journal", type=JOURNAL)
@click.option("--file", type=FILE, callback=absolute, help="The rows, if their file was moved.")
@how_options
def resume(journal: Path, base_url: str | None, is_quiet: bool, as_json: bool, **given: Any) -> None:
    """Go on with the campaign of JOURNAL, as it was begun; options that are given are changed from here on.

    What was under way is looked for at Twilio before it is sent again, if it ever is. The rows must be the same: one
    that was changed is refused by its number.
    """
    with failures_end():
        campaign = get_campaign(Journal.read(journal)).changed(given)
        if not Path(campaign.file).exists():
            raise ValidationError(f"{campaign.name} is not where it was: say where with --file")
        run = Run(campaign=campaign, journal=journal, base_url=base_url, is_quiet=is_quiet, as_json=as_json)
        sys.exit(run.send())
