"""The profile of a storm of callbacks: each comes twenty times, one right after the other.

An app that takes them with the client's handler acts on each once; a naive one acts twenty times. Their app is on a
port of its own, and the handler remembers in a SQLite file what it has worked on.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import NamedTuple
from wsgiref.types import WSGIApplication

from figures import report
from profile_campaign import make_client, recipients_of, send_all
from profile_chart import Line, draw
from profile_judge import Act, Seen, acts_again, acts_missed, seen_by
from profile_naive import NaiveApp, NaiveClient

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.wire.http_server import Server
from twilio_sms import StatusUpdate, WsgiWebhooks

TIMES = 20
TOLD = ("sent", "delivered")
MESSAGES, SHORT_MESSAGES = 120, 15
PATIENCE_SECONDS = 15.0  # Twilio waits for an answer to a webhook so long
END_SECONDS = 40.0  # after the last message was sent, for all callbacks to come


class Storm(NamedTuple):
    """What the fake has told, and what became of it in the app."""

    seen: Seen
    ended: Sequence[float]  # when a callback was answered
    not_taken: int  # of all that were to come
    slowest_seconds: float
    acts: Mapping[Act, int]


class Acts:
    """What an app does with the callbacks that its handler hands on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.counts: Counter[Act] = Counter()
        self.moments: list[float] = []

    def note(self, update: StatusUpdate, now: float) -> None:
        with self._lock:
            self.counts[update.message_sid, str(update.status)] += 1
            self.moments.append(now)


def report_storm(is_short: bool, seed: int, folder: Path) -> str:
    """Report the figures of both apps; return the chart."""
    recipients = recipients_of(SHORT_MESSAGES if is_short else MESSAGES)
    storm, acted = _play_client(recipients, seed, folder)
    report("callback_storm_client_lost", storm.seen.lost(recipients), "==0")
    report("callback_storm_client_doubled", storm.seen.doubled(), "==0")
    report("callback_storm_client_not_taken", storm.not_taken, "==0")
    report("callback_storm_client_missed", acts_missed(storm.seen.messages, TOLD, storm.acts), "==0")
    report("callback_storm_client_acted_again", acts_again(storm.acts), "==0")
    report("callback_storm_client_slowest_answer_seconds", storm.slowest_seconds, f"<={PATIENCE_SECONDS:g}")
    report("callback_storm_callbacks_a_second", len(storm.ended) / (max(storm.ended) - min(storm.ended)))
    naive = _play_naive(recipients, seed)
    report("callback_storm_naive_acted_again", acts_again(naive.acts), ">0")
    return draw("Callbacks a second in a storm", [Line("came", storm.ended), Line("acted upon", acted)])


def _play_client(recipients: list[str], seed: int, folder: Path) -> tuple[Storm, list[float]]:
    with _playing(seed) as fake, make_client(fake, open_seconds=2.0) as client:
        acts = Acts()
        with client.webhooks(store=folder / "webhooks.db") as handler:
            handler.on_status(*TOLD)(lambda update: acts.note(update, fake.now - fake.start_moment))
            with serving(WsgiWebhooks(handler)) as url:
                send_all(client, recipients, folder / "storm.db", 2.0, f"{url}/status")
                wait_for_callbacks(fake, TIMES * len(TOLD) * len(recipients))
        return _storm(fake, acts.counts), sorted(acts.moments)


def _play_naive(recipients: list[str], seed: int) -> Storm:
    app = NaiveApp()
    with _playing(seed) as fake, serving(app) as url:
        NaiveClient(fake, 10.0, f"{url}/status").send_all(recipients)
        wait_for_callbacks(fake, TIMES * len(TOLD) * len(recipients))
        return _storm(fake, app.acts)


def _playing(seed: int) -> FakeTwilioFixture:
    return FakeTwilioFixture("callback_storm", seed=seed)


def _storm(fake: FakeTwilioFixture, acts: Mapping[Act, int]) -> Storm:
    callbacks = fake.callbacks
    return Storm(
        seen=seen_by(fake),
        ended=sorted((callback.ended_at or fake.now) - fake.start_moment for callback in callbacks),
        not_taken=TIMES * len(TOLD) * len(fake.messages) - sum(callback.is_taken for callback in callbacks),
        slowest_seconds=max(callback.answer.seconds for callback in callbacks),
        acts=acts,
    )


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """Serve *app* on a free port of this machine; give its address."""
    server = Server("127.0.0.1", 0, app, monotonic)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop(1.0)


def wait_for_callbacks(fake: FakeTwilioFixture, count: int) -> None:
    """Wait until the fake has ended so many callbacks, or has had time enough."""
    latest = monotonic() + END_SECONDS
    while len(fake.callbacks) < count and monotonic() < latest:
        sleep(0.1)
