"""The group that holds the commands."""

import click

from fake_twilio.commands.cassette import cassette
from fake_twilio.commands.check import check
from fake_twilio.commands.doctor import doctor
from fake_twilio.commands.explain import explain
from fake_twilio.commands.listing import list_scenarios
from fake_twilio.commands.receive import receive
from fake_twilio.commands.record import record
from fake_twilio.commands.schema import print_schema
from fake_twilio.commands.serve import serve
from fake_twilio.commands.shrink import shrink


@click.group()
@click.version_option(package_name="twilio-sms")
def root() -> None:
    """A fake Twilio for tests and local development.

    Begin with `fake-twilio serve`, and paste the line that it prints where your program starts; `fake-twilio list`
    names the scenarios that may follow `serve`.
    """


root.add_command(serve)
root.add_command(receive)
root.add_command(doctor)
root.add_command(record)
root.add_command(cassette)
root.add_command(shrink)
root.add_command(list_scenarios)
root.add_command(print_schema)
root.add_command(check)
root.add_command(explain)
