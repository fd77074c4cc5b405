"""The client that sends a campaign: account and secret from the environment."""

from pathlib import Path
from typing import Any

from twilio_sms.client import Client
from twilio_sms.clock import SystemClock
from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.stopping import Stop, StoppableClock
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts


def open_client(campaign: Campaign, base_url: str | None, stop: Stop) -> Client:
    """Return a client of the account that the ``TWILIO_*`` variables name; *base_url* wins over theirs.

    Raises `ValidationError` for settings that cannot work, `OptOutUnknownError` if the opt-out list is not there: made
    anew it would say that everybody may be texted.
    """
    where: dict[str, Any] = {} if base_url is None else {"base_url": base_url}
    opt_outs = None if campaign.opt_outs is None else SqliteOptOuts(Path(campaign.opt_outs), must_exist=True)
    return Client.from_env(
        config=campaign.config(), opt_outs=opt_outs, clock=StoppableClock(stop, SystemClock()), **where
    )
