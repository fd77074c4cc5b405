"""The profile of an outage: a calm phase, a fall that takes some messages without saying so, and a slow return.

It is played a second time with a breaker that rests for half a second only: there the wait of those who were turned
away while a trial was out would be most of what a recovery takes.
"""

from pathlib import Path
from typing import NamedTuple

from figures import report
from profile_campaign import BURST, PER_SECOND, WORKERS, make_client, recipients_of, send_all
from profile_chart import Band, Line, draw
from profile_judge import Seen, busiest_second, rate, seconds_to_rate, seen_by
from profile_naive import NaiveClient

from fake_twilio.fixture import FakeTwilioFixture

FALL_SECONDS = 0.3
RETURN_SECONDS = 1.0
WARM_UP_SECONDS = 0.5
SHORT_REST_SECONDS = 0.5  # a breaker that opens for so short a time tries so often
FULL = 0.9  # of the rate before: a second of it holds a few more or less


class Size(NamedTuple):
    """How long the phases are, and how long the breaker rests."""

    calm_seconds: float = 3.0
    outage_seconds: float = 5.0
    open_seconds: float = 2.0
    after_seconds: float = 3.0  # of a full rate

    @property
    def until(self) -> float:
        """When the outage ends."""
        return self.calm_seconds + self.outage_seconds


SHORT = Size(calm_seconds=1.5, outage_seconds=3.0, after_seconds=1.5)


def report_outage(is_short: bool, seed: int, folder: Path) -> str:
    """Report the figures of both clients; return the chart."""
    size = SHORT if is_short else Size()
    by_client = _play_client(size, seed, folder / "outage.db")
    _play_short_rest(size, seed, folder / "short_rest.db")
    by_naive = _play_naive(size, seed)
    title = "Requests a second through an outage"
    lines = [Line("twilio_sms", by_client.requests), Line("plain requests, 5 retries", by_naive.requests)]
    return draw(title, lines, [Band("outage", size.calm_seconds, size.until)])


def _play_client(size: Size, seed: int, journal: Path) -> Seen:
    recipients = recipients_of(round(PER_SECOND * (size.calm_seconds + size.after_seconds)))
    seen, told = _seen_of_client(size, seed, recipients, journal)
    report("outage_client_messages_a_second_before", rate(seen.made, WARM_UP_SECONDS, size.calm_seconds))
    report("outage_client_requests_during_over_before", _share(size, seen), "<=0.1")
    report("outage_client_busiest_second_over_limit", _peak(seen), "<=1")
    report("outage_client_lost", seen.lost(recipients), "==0")
    report("outage_client_doubled", seen.doubled(), "==0")
    report("outage_client_told_wrong", seen.told_wrong(recipients, told), "==0")
    report("outage_client_seconds_to_full_rate", _seconds_to_full_rate(size, seen), f"<={2 * size.open_seconds:g}")
    return seen


def _play_short_rest(size: Size, seed: int, journal: Path) -> None:
    short = size._replace(open_seconds=SHORT_REST_SECONDS)
    recipients = recipients_of(round(PER_SECOND * (short.calm_seconds + short.after_seconds)))
    seen, _told = _seen_of_client(short, seed, recipients, journal)
    report("outage_client_short_rest_requests_during_over_before", _share(short, seen), "<=0.2")
    report(
        "outage_client_short_rest_seconds_to_full_rate",
        _seconds_to_full_rate(short, seen),
        f"<={2 * short.open_seconds:g}",
    )


def _seen_of_client(size: Size, seed: int, recipients: list[str], journal: Path) -> tuple[Seen, dict[str, str | None]]:
    """Return what the fake has seen of a campaign, and the SIDs that the client told."""
    with _playing(size, seed) as fake, make_client(fake, size.open_seconds) as client:
        told = send_all(client, recipients, journal, settle_seconds=size.outage_seconds)
        return seen_by(fake), told


def _play_naive(size: Size, seed: int) -> Seen:
    recipients = recipients_of(round(PER_SECOND * (size.until + 1)))
    with _playing(size, seed) as fake:
        NaiveClient(fake, timeout_seconds=10.0).send_all(recipients)
        seen = seen_by(fake)
    report("outage_naive_requests_during_over_before", _share(size, seen), ">=1")
    report("outage_naive_busiest_second_over_limit", _peak(seen), ">1")
    report("outage_naive_lost", seen.lost(recipients), ">0")
    report("outage_naive_doubled", seen.doubled(), ">0")
    return seen


def _playing(size: Size, seed: int) -> FakeTwilioFixture:
    settings = {
        "from": f"{size.calm_seconds}s",
        "down": f"{size.calm_seconds + FALL_SECONDS:.1f}s",
        "until": f"{size.until}s",
        "well": f"{size.until + RETURN_SECONDS}s",
        "retry_after": "1s",
        "latency": "50ms",
    }
    return FakeTwilioFixture("outage_and_recovery", seed=seed, settings=settings)


def _seconds_to_full_rate(size: Size, seen: Seen) -> float:
    before = rate(seen.made, WARM_UP_SECONDS, size.calm_seconds)
    return seconds_to_rate(seen.made, size.until, FULL * before)


def _share(size: Size, seen: Seen) -> float:
    """Return requests a second in the outage, over those before it."""
    before = rate(seen.requests, WARM_UP_SECONDS, size.calm_seconds)
    return rate(seen.requests, size.calm_seconds, size.until) / before


def _peak(seen: Seen) -> float:
    """Return how many messages were asked for in the busiest second, over what may come in one within the limit.

    Each worker may be held up on its way from the limiter to Twilio, so that a message comes in a later second.
    """
    return busiest_second(seen.asked) / (PER_SECOND + BURST + WORKERS)
