"""The command ``twilio-sms``: says what to install, else hands over."""

import logging
import sys

INSTALL = 'twilio-sms needs more packages: pip install "twilio-sms[cli]"'
_EXTRA = frozenset({"click", "rich"})


def main() -> None:
    """Run the command line."""
    try:
        from twilio_sms.commands.root import root
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        sys.exit(f"{INSTALL} ({error.name} is missing)")
    # Its lines would tear the progress bar; what they say of a row is in the journal.
    logging.getLogger("twilio_sms").addHandler(logging.NullHandler())
    root(prog_name="twilio-sms")
