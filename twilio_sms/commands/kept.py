"""The campaign that a journal keeps."""

from pathlib import Path

import click

from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_view import JournalView
from twilio_sms.commands.campaign import NOT_KEPT, Campaign
from twilio_sms.errors import JournalError

JOURNAL = click.Path(exists=True, dir_okay=False, path_type=Path)


def keep_campaign(journal: Journal, campaign: Campaign) -> None:
    """Write what is run into *journal*; raise `JournalError` if that would make other messages of its rows."""
    earlier = journal.command()
    if earlier is not None and any(total.rows for total in journal.totals().values()):
        campaign.check_same_messages(Campaign.from_json(earlier))
    journal.keep_command(campaign.to_json())


def find_campaign(journal: JournalView) -> Campaign | None:
    """Return what the journal's last run was asked for; ``None`` if a program wrote it."""
    text = journal.command()
    return None if text is None else Campaign.from_json(text)


def get_campaign(journal: JournalView) -> Campaign:
    """Return what the journal's last run was asked for; raise `JournalError` if it does not say."""
    campaign = find_campaign(journal)
    if campaign is None:
        raise JournalError(NOT_KEPT)
    return campaign
