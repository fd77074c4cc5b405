"""``twilio-sms send-bulk``: sends a message for each row of a file."""

import sys
from pathlib import Path
from typing import Any

import click

from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.campaign_options import FILE, absolute, how_options
from twilio_sms.commands.endings import failures_end
from twilio_sms.commands.rehearsal import rehearse
from twilio_sms.commands.running import Run

_JOURNAL = click.Path(dir_okay=False, path_type=Path)


@click.command("send-bulk", short_help="Send a message for each row of a file, at most once.")
@click.argument("file", type=FILE, callback=absolute)
@click.option("--from", "from_", metavar="SENDER", help="The sender, for rows that name none.")
@click.option("--messaging-service", metavar="MG...", help="The messaging service that chooses the sender.")
@click.option("--body", metavar="TEXT", help="The text; $name stands for the column name, $$ for a dollar.")
@click.option("--journal", type=_JOURNAL, help="Where it is kept what became of each row. Needed to send.")
@click.option("--dry-run", is_flag=True, help="Read and check every row, and send nothing; needs no account.")
@click.option("--default-region", metavar="US", help="Whose national numbers are read too; needs the extra phone.")
@how_options
def send_bulk(
    journal: Path | None, dry_run: bool, base_url: str | None, is_quiet: bool, as_json: bool, **given: Any
) -> None:
    """Send a message for each row of FILE (.csv, .jsonl), at most once.

    A row has what a message takes, such as "to" and "body", and with --body columns for its text. Every row is in the
    journal before it leaves, so the same command, or "twilio-sms resume", goes on where a run was interrupted.
    """
    with failures_end():
        campaign = Campaign(**{name: value for name, value in given.items() if value is not None})
        if dry_run:
            sys.exit(rehearse(campaign, base_url, is_quiet=is_quiet, as_json=as_json))
        if journal is None:
            raise click.UsageError("give --journal, so that it is known what was sent if this breaks off; or --dry-run")
        run = Run(campaign=campaign, journal=journal, base_url=base_url, is_quiet=is_quiet, as_json=as_json)
        sys.exit(run.send())
