"""A campaign through the client, with breaker, retry quota and limiter on."""

from collections.abc import Iterable
from pathlib import Path

from fake_twilio.fixture import FakeTwilioFixture
from twilio_sms import BreakerPolicy, Client, Config, Rate, RateLimits, RowResult, Timeouts

SENDER = "+15005550006"
BODY = "Your parcel has arrived."
PER_SECOND = 100  # what the limiter lets through, and what the naive client keeps to
BURST = 10
WORKERS = 8  # as many as a bulk has by itself
MAX_RUNS = 8  # a bulk sends a row in doubt so often and no more; it is run again for what is left


def recipients_of(messages: int) -> list[str]:
    """Return a recipient for each of so many messages."""
    return [f"+1555{number:07}" for number in range(1_000_000, 1_000_000 + messages)]


def make_client(fake: FakeTwilioFixture, open_seconds: float, read_seconds: float = 10.0) -> Client:
    """Return a client of *fake*, as one would configure it, but for a breaker that rests for so long."""
    config = Config(
        rate_limits=RateLimits(global_rate=Rate(PER_SECOND, BURST)),
        breaker=BreakerPolicy(open_seconds=open_seconds),
        timeouts=Timeouts(read_seconds=read_seconds),
    )
    return fake.client(config=config)


def send_all(
    client: Client,
    recipients: Iterable[str],
    journal: Path,
    settle_seconds: float,
    status_callback: str | None = None,
    workers: int = WORKERS,
) -> dict[str, str | None]:
    """Send to each of *recipients*, until all is settled; return the SID that the client told for each.

    A row in doubt is looked for, and sent again if it is not found after *settle_seconds*, as a bulk does it with
    ``on_unknown="resend"``.
    """
    common = {} if status_callback is None else {"status_callback": status_callback}
    rows = [{"to": recipient, "from_": SENDER, "body": BODY, **common} for recipient in recipients]
    told: dict[str, str | None] = {}

    def note(result: RowResult) -> None:
        told[rows[result.index]["to"]] = result.sid

    for _ in range(MAX_RUNS):
        report = client.messages.send_bulk(
            rows,
            journal=journal,
            workers=workers,
            on_unknown="resend",
            settle_seconds=settle_seconds,
            on_result=note,
        )
        if report.is_complete:
            break
    return told
