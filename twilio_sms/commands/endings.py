"""How a command ends: its status, and what is said of a failure."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from twilio_sms.commands.terminal import tell
from twilio_sms.errors import TwilioError, ValidationError


class Ending(IntEnum):
    """The status of a command; ``CALLED_WRONGLY`` is click's own, ``INTERRUPTED`` the shell's for Ctrl-C."""

    COMPLETE = 0  # every row came to an end that nobody need look at
    OPEN = 1  # a row was rejected, may have been sent, or is left
    CALLED_WRONGLY = 2  # an option, the source or a row's columns cannot work
    STOPPED = 3  # no row would do better: credentials, the journal, the opt-out list
    INTERRUPTED = 130  # by Ctrl-C or SIGTERM


@contextmanager
def failures_end() -> Iterator[None]:
    """End with what is wrong, if something is, and without a traceback."""
    try:
        yield
    except TwilioError as error:
        tell(str(error))
        sys.exit(Ending.CALLED_WRONGLY if isinstance(error, ValidationError) else Ending.STOPPED)
