"""The command ``fake-twilio``: says what to install if something is missing, else hands over to the commands."""

import sys

INSTALL = 'fake-twilio needs more packages: pip install "twilio-sms[fake]"'


def main() -> None:
    """Run the command line."""
    try:
        from fake_twilio.commands.root import root
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("fake_twilio", "twilio_sms"):
            raise
        sys.exit(f"{INSTALL} ({error.name} is missing)")
    root(prog_name="fake-twilio")
