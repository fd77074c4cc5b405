"""The profile of a brown-out: answers are slow, some slower than anybody waits for, and one in five is a 503.

Both clients give an answer the same time, and some come later than that although the message was taken.
"""

from pathlib import Path

from figures import report
from profile_campaign import make_client, recipients_of, send_all
from profile_chart import Line, draw
from profile_judge import Seen, seen_by
from profile_naive import NaiveClient

from fake_twilio.fixture import FakeTwilioFixture

LATENCY = "uniform(50ms, 550ms)"
PATIENCE_SECONDS = 0.5
SETTLE_SECONDS = 1.0
OPEN_SECONDS = 0.5
WORKERS = 32  # slow answers need many to keep the pace
MESSAGES, SHORT_MESSAGES = 200, 60


def report_brown_out(is_short: bool, seed: int, folder: Path) -> str:
    """Report the figures of both clients; return the chart."""
    recipients = recipients_of(SHORT_MESSAGES if is_short else MESSAGES)
    by_client = _play_client(recipients, seed, folder / "brown_out.db")
    by_naive = _play_naive(recipients, seed)
    lines = [Line("twilio_sms", by_client.requests), Line("plain requests, 5 retries", by_naive.requests)]
    return draw("Requests a second in a brown-out", lines)


def _play_client(recipients: list[str], seed: int, journal: Path) -> Seen:
    with _playing(seed) as fake, make_client(fake, OPEN_SECONDS, PATIENCE_SECONDS) as client:
        told = send_all(client, recipients, journal, SETTLE_SECONDS, workers=WORKERS)
        seen = seen_by(fake)
    report("brown_out_client_requests_a_message", len(seen.requests) / len(recipients))
    report("brown_out_client_lost", seen.lost(recipients), "==0")
    report("brown_out_client_doubled", seen.doubled(), "==0")
    report("brown_out_client_told_wrong", seen.told_wrong(recipients, told), "==0")
    return seen


def _play_naive(recipients: list[str], seed: int) -> Seen:
    with _playing(seed) as fake:
        NaiveClient(fake, PATIENCE_SECONDS).send_all(recipients)
        seen = seen_by(fake)
    report("brown_out_naive_requests_a_message", len(seen.requests) / len(recipients))
    report("brown_out_naive_doubled", seen.doubled(), ">0")
    return seen


def _playing(seed: int) -> FakeTwilioFixture:
    return FakeTwilioFixture("brown_out", seed=seed, settings={"latency": LATENCY})
