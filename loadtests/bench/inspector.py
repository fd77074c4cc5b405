"""What the inspector costs with 10,000 messages: a first look, a live update, and the API's throughput beside it.

The first look is the whole answer of the list, and in a browser, where there is one, the first paint. The world is
looked at where it has 1,000 rules, and 1,000 numbers that are paced and all have sent. A live update is
CPU time of the thread that makes an event, for each open page. Posts are made in rounds with one page open and none, in
turn; the ratio of each pair counts. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import json
import sys
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from shutil import which
from statistics import median
from threading import Thread
from time import perf_counter, thread_time
from typing import Any

from figures import report, skip
from post_messages import creating
from posting import requests_a_second
from processes import serving
from scenario_files import scenario_of

from fake_twilio.inspector.live import Live
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio

MESSAGES = 10_000
RULES, NUMBERS = 1_000, 1_000
LOOKS, UPDATES = 20, 200
POSTS = 250  # for each connection and round
FORM = (("To", "+15551234567"), ("From", "+15005550006"), ("Body", "Your parcel has arrived."))


def filled(count: int) -> FakeTwilio:
    """Return a fake in which so many messages wait."""
    fake = FakeTwilio(clock="manual", seed=1)
    for _ in range(count):
        fake.submit(FORM)
    return fake


def crowded(count: int) -> FakeTwilio:
    """Return a fake with many rules and numbers, in which so many messages wait, as many of each number."""
    numbers = [f"+1561555{number:04}" for number in range(NUMBERS)]
    text = f"{scenario_of(RULES)}numbers: [{', '.join(map(repr, numbers))}]\nlimits: {{senders: true}}\n"
    fake = FakeTwilio(parse_scenario(text), clock="manual", seed=1)
    for place in range(count):
        fake.submit((("To", "+15551234567"), ("From", numbers[place % NUMBERS]), ("Body", "Your parcel has arrived.")))
    return fake


def look_seconds(port: int, path: str = "/") -> float:
    """Return how long a page takes, the list if none is named, from the request to the last byte of the answer."""
    began = perf_counter()
    _read(port, path)
    return perf_counter() - began


def update_seconds(fake: FakeTwilio) -> float:
    """Return the CPU time of one update for one page, after one message was made."""
    live = Live(fake)
    live.counts()
    took = []
    for _ in range(UPDATES):
        since = fake.feed.newest
        fake.submit(FORM)
        began = thread_time()
        json.dumps(live.changes(since))
        took.append(thread_time() - began)
    return median(took)


def paint_seconds(url: str) -> float | None:
    """Return when a browser has painted something; nothing where there is none."""
    chromium = which("chromium")
    try:
        from playwright.sync_api import sync_playwright  # the group browser is optional
    except ImportError:
        return None
    if chromium is None:
        return None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        paints = [_paint(page, url) for _ in range(5)]
        browser.close()
    return median(paints)


def _paint(page: Any, url: str) -> float:
    page.goto(url)
    page.wait_for_timeout(300)
    return float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")) / 1000


def _read(port: int, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    assert connection.getresponse().read()
    connection.close()


def posts_with_a_page_over_without(rounds: int) -> float:
    """Return the median ratio of the throughputs, each pair of rounds on one fake of its own process."""
    ratios, post = [], creating(POSTS)
    with serving(Path(__file__).with_name("post_messages.py"), "fake") as port:
        requests_a_second(port, post)
        for _ in range(rounds):
            alone = requests_a_second(port, post)
            with ExitStack() as page:
                page.callback(_open_page(port).close)
                ratios.append(requests_a_second(port, post) / alone)
    return median(ratios)


def _open_page(port: int) -> HTTPConnection:
    """Open a stream and read what comes, as a page does."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/inspector/events?since=0")
    Thread(target=_drain, args=(connection.getresponse(),), daemon=True).start()
    return connection


def _drain(answer: Any) -> None:
    try:
        while answer.read1(65_536):
            pass
    except (OSError, ValueError, AttributeError):
        return  # the page was closed


def main(messages: int = MESSAGES, rounds: int = 7) -> None:
    with filled(messages) as fake:
        report("inspector_list_seconds", median(look_seconds(fake.port) for _ in range(LOOKS)), "<=0.3")
        paint = paint_seconds(fake.url)
        if paint is None:
            skip("inspector_first_paint_seconds", "no chromium and playwright here")
        else:
            report("inspector_first_paint_seconds", paint, "<=0.3")
        report("inspector_live_update_cpu_seconds", update_seconds(fake), "<=0.001")
    with crowded(messages) as fake:
        report("inspector_world_seconds", median(look_seconds(fake.port, "/world") for _ in range(LOOKS)), "<=0.1")
    report("inspector_post_with_a_page_over_none", posts_with_a_page_over_without(rounds), ">=0.9")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
