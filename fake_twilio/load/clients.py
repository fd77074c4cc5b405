"""The client of a load's user: as in a program, but that Locust hears of its requests."""

import logging
from collections.abc import Mapping
from dataclasses import replace

from fake_twilio.load.errors import LoadError
from fake_twilio.load.measured import Fire, MeasuredTransport
from twilio_sms.client import Client
from twilio_sms.config import Config
from twilio_sms.errors import TwilioError
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.transport.http import HttpTransport

_UNLIMITED = RateLimits(global_rate=None, recipient_rate=None)  # how much the other side takes is the question
QUIET = Config(rate_limits=_UNLIMITED)


def new_client(host: str, environ: Mapping[str, str], config: Config, fire: Fire) -> Client:
    """Return a client on *host* of the account in the ``TWILIO_*`` variables; raises `LoadError` without an account.

    Whatever the *config* says, what went well is logged as DEBUG: a line for each message would be most of the load's
    own work, and bury what Locust says.
    """
    config = replace(config, log_level=logging.DEBUG)
    transport = MeasuredTransport(_wire(config), fire)
    try:
        return Client.from_env(environ, base_url=host, config=config, transport=transport)
    except TwilioError as error:
        raise LoadError(f"{error}; fake-twilio serve prints the variables to set") from None


def _wire(config: Config) -> HttpTransport:
    return HttpTransport(
        connections=config.connections, max_answer_bytes=config.max_answer_bytes, ca_bundle=config.ca_bundle
    )
