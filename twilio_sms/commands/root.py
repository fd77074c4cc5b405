"""The group that holds the commands."""

import click

from twilio_sms.commands.explain_signature import explain_signature
from twilio_sms.commands.report import report
from twilio_sms.commands.resume import resume
from twilio_sms.commands.send_bulk import send_bulk


@click.group()
@click.version_option(package_name="twilio-sms")
def root() -> None:
    """Send many messages through Twilio, each at most once; explain why a webhook is refused.

    The account comes from the environment: TWILIO_ACCOUNT_SID, and TWILIO_AUTH_TOKEN or TWILIO_API_KEY and
    TWILIO_API_SECRET.

    A command ends with 0 if every row is through, 1 if one was rejected, is in doubt or is left, 2 if it was called
    wrongly, 3 if something stopped it (credentials, the journal, the opt-out list), 130 if it was interrupted.
    """


root.add_command(send_bulk)
root.add_command(resume)
root.add_command(report)
root.add_command(explain_signature)
