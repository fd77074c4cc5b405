"""A soak: a client sends for a long time, the fake tells of each message twice, and nothing may grow or get lost.

Client, fake and the app that takes the callbacks are processes of this machine. Each second every one of them says what
it takes; of the second half a line is fitted through that, and what grows for sure is judged. In the end the books of
the app are held against those of the client and the fake, to the message. The rate is bounded: this is about time, not
about speed.

``python loadtests/bench/soak.py [--messages 1000000] [--minutes 90] [--rate 400] [--fill 200000] [--chart FILE]
[--leak webhooks]`` ends with status 1 if a goal is missed. A planted ``--leak`` shows that it can be. What a fake keeps
of a message is judged only if its store was full from the beginning, by ``--fill``: one that is not yet full grows.
"""

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

from figures import report
from part import Part
from soak_book import FIRST_RECIPIENT, STATUSES
from soak_chart import Curve, draw
from soak_fit import fit
from soak_samples import Pauses, sample

from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.records.store import BOUND
from fake_twilio.server import ACCOUNT_SID
from twilio_sms import Client, Config, Rate, RateLimits

TOLD_EVERY_SECONDS = 10
PATIENCE_SECONDS = 60
MOST = 1e6
MOST_MESSAGES = 9_999_999  # each has a recipient of its own, +1555…
FULL = 2 * BOUND  # messages, and the SIDs of those that are gone
Looks = list[dict[str, Any]]


class Sending(NamedTuple):
    """The client's side: rows that stop when time is up, and how many were accepted."""

    messages: int
    until: float
    callback: str

    def rows(self) -> Iterator[dict[str, object]]:
        for place in range(self.messages):
            if monotonic() >= self.until:
                return
            to = f"+{FIRST_RECIPIENT + place}"
            yield {
                "to": to,
                "from_": "+15005550006",
                "body": "Your parcel has arrived.",
                "status_callback": self.callback,
            }


def main(words: list[str]) -> bool:
    """Soak, and return whether all goals are met."""
    asked = _arguments(words)
    with Part("soak_sink.py", str(asked.messages)) as sink, Part("soak_fake.py", f"{asked.fill}", asked.leak) as fake:
        sending = Sending(asked.messages, monotonic() + asked.minutes * 60, f"http://127.0.0.1:{sink.port}/status")
        looks, accepted = soak(sending, asked.rate, fake, sink)
        drain(sink, accepted)
        told, made = sink.ask(f"count {accepted}"), fake.ask("count")["made"]
    if asked.chart:
        Path(asked.chart).write_text(draw("Soak: a look each second", list(curves(looks))), "utf-8")
    kept = "<=200" if asked.fill >= FULL else None
    return all([*growth(looks[len(looks) // 2 :], kept), *books(accepted, made, told)])


def soak(sending: Sending, rate: float, fake: Part, sink: Part) -> tuple[Looks, int]:
    """Send, and look at all parts each second; return what was seen, and how many messages were accepted."""
    limits = RateLimits(global_rate=Rate(rate, 20), recipient_rate=None)
    config = Config(rate_limits=limits, opt_out_cache_seconds=0)  # the cache would fill up to its own bound
    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=f"http://127.0.0.1:{fake.port}", config=config) as client:
        reports: list[Any] = []
        bulk = threading.Thread(target=lambda: reports.append(client.messages.send_bulk(sending.rows())))
        bulk.start()
        looks = list(_looks(bulk.is_alive, fake, sink))
        bulk.join()
    if not reports:
        raise RuntimeError("the bulk ended with an error, which stands above")
    return looks, int(reports[0].counts["ACCEPTED"])


def _looks(goes_on: Callable[[], bool], fake: Part, sink: Part) -> Iterator[dict[str, Any]]:
    pauses, began = Pauses(), monotonic()
    for number in count(1):
        sleep(max(began + number - monotonic(), 0))
        if not goes_on():
            return
        look: dict[str, Any] = {"fake": fake.ask("sample"), "sink": sink.ask("sample"), "client": sample(pauses)}
        look["seconds"] = monotonic() - began
        if number % TOLD_EVERY_SECONDS == 0:
            print(_progress(look), flush=True)
        yield look


def _progress(look: dict[str, Any]) -> str:
    fake = look["fake"]
    return (
        f"{look['seconds']:.0f} s: {fake['made']} messages, {look['sink']['came']} callbacks, "
        f"{fake['backlog']} waiting; fake {fake['rss_mib']:.0f} MiB, client {look['client']['rss_mib']:.0f} MiB"
    )


def drain(sink: Part, accepted: int) -> None:
    """Wait until all callbacks have come, for a minute at most."""
    for _ in range(PATIENCE_SECONDS):
        if sink.ask("sample")["came"] >= len(STATUSES) * accepted:
            return
        sleep(1)


def growth(looks: Looks, kept: str | None) -> Iterator[bool]:
    """Report what grew for sure while messages were sent; *kept* is the goal for the bytes of a message, if any."""
    for part in ("fake", "client"):
        memory = fit([(look["fake"]["made"], look[part]["rss_mib"] * 1024 * 1024) for look in looks])
        yield report(f"soak_{part}_bytes_kept_of_a_message", memory.least, kept)
        for thing in ("threads", "open_files"):
            line = fit([(look["seconds"], look[part][thing]) for look in looks])
            grown = line.least * (looks[-1]["seconds"] - looks[0]["seconds"])
            yield report(f"soak_{part}_{thing}_grown", grown, "<=5")
    backlog = fit([(look["seconds"], look["fake"]["backlog"]) for look in looks])
    yield report("soak_webhooks_waiting_grown_a_second", backlog.least, "<=5")
    report("soak_fake_longest_pause_ms", max(look["fake"]["pause_ms"] for look in looks))


def books(accepted: int, made: int, told: dict[str, int]) -> Iterator[bool]:
    """Report whether client, fake and app agree to the message."""
    yield report("soak_messages", accepted, ">=1")
    yield report("soak_messages_client_and_fake_differ_in", abs(accepted - made), "<=0")
    yield report("soak_callbacks_missing", told["missing"], "<=0")
    yield report("soak_callbacks_doubled", told["doubled"], "<=0")


def curves(looks: Looks) -> Iterator[Curve]:
    """Yield what was seen over time."""
    shown = [("fake", "rss_mib", "MiB"), ("client", "rss_mib", "MiB"), ("fake", "threads", "threads")]
    shown += [
        ("fake", "open_files", "open files"),
        ("fake", "backlog", "webhooks waiting"),
        ("fake", "pause_ms", "ms of pause"),
    ]
    for part, thing, unit in shown:
        yield Curve(f"{part}, {unit}", [(look["seconds"], look[part][thing]) for look in looks])


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number <= MOST:
        raise argparse.ArgumentTypeError(f"wanted a number above 0, up to {MOST:,.0f}, got {text}")
    return number


def _messages_from(least: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        number = int(text)
        if not least <= number <= MOST_MESSAGES:
            raise argparse.ArgumentTypeError(f"wanted from {least} to {MOST_MESSAGES:,} messages, got {text}")
        return number

    return whole_number


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak.py", description="Send for a long time; what grows is told.")
    parser.add_argument("--messages", type=_messages_from(1), default=1_000_000, help="at most so many")
    parser.add_argument("--minutes", type=_positive, default=90.0, help="at most so long")
    parser.add_argument("--rate", type=_positive, default=400.0, help="messages a second, at most")
    parser.add_argument("--fill", type=_messages_from(0), default=FULL, help="messages that the fake has had before")
    parser.add_argument("--chart", help="an SVG file to write")
    parser.add_argument("--leak", choices=("", "webhooks", "sockets"), default="", help="plant a leak in the fake")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
