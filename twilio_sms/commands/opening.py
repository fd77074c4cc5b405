"""The client that sends a campaign: account and secret from the environment."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from twilio_sms.client import Client
from twilio_sms.clock import SystemClock
from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.stopping import Stop, StoppableClock
from twilio_sms.commands.trouble import Trouble
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts


@contextmanager
def open_client(
    campaign: Campaign,
    base_url: str | None,
    stop: Stop,
    tell: Callable[[str], None] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Client]:
    """Give a client of the account that the ``TWILIO_*`` variables name; *base_url* wins over theirs.

    *tell* is given a line when Twilio gets into trouble, and when that is over. *environ* is that of the process, if
    no other is given.

    Raises `ValidationError` for settings that cannot work, `OptOutUnknownError` if the opt-out list is not there: made
    anew it would say that everybody may be texted.
    """
    options: dict[str, Any] = {} if base_url is None else {"base_url": base_url}
    if tell is not None:
        trouble = Trouble(tell)
        options |= {"on_retry": trouble.on_retry, "on_breaker_change": trouble.on_breaker_change}
    with ExitStack() as opened:
        if campaign.opt_outs is not None:
            known = SqliteOptOuts(Path(campaign.opt_outs), must_exist=True)
            options["opt_outs"] = opened.enter_context(closing(known))
        clock = StoppableClock(stop, SystemClock())
        yield opened.enter_context(Client.from_env(environ, config=campaign.config(), clock=clock, **options))
