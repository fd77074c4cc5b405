"""G8: a call ends with its total deadline, however slowly the answer drips.

Run as ``python -m tests.e2e.slow_drip [DRIP_SECONDS] [DEADLINE_SECONDS]``; it prints ``name value goal PASS|FAIL``. A
byte comes every so many seconds (of a handshake: every 0.05) of the status line, the headers or the body, over http
and https, at the first attempt and after one that was repeated. A ``requests.post`` with a timeout meets the same, to
show that its timeout, which is for each read, does not end it.
"""

import logging
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import requests

from loadtests.bench.figures import report
from tests.faulty_twilio import faulty_twilio
from tests.wire_clients import PATIENT, RETRYING, client_at, send
from twilio_sms import Timeouts

ALLOWED_SECONDS = 0.2
NAIVE_DRIPS = 40  # so many bytes come within the deadline: a naive call ends some day

ANSWERS = ("status line drips", "headers drip", "body drips")
LEADS = {"first attempt": (), "after a 429": ("429",), "after a Retry-After": ("429 with retry-after",)}


@dataclass(frozen=True)
class Point:
    """Where an answer drips."""

    name: str
    scheme: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Ended:
    """How a call ended."""

    point: Point
    overrun_seconds: float
    is_failed: bool


def points() -> Iterator[Point]:
    for scheme in ("http", "https"):
        for answer in ANSWERS:
            for lead, faults in LEADS.items():
                yield Point(f"{scheme}, {answer}, {lead}", scheme, (*faults, answer))
    drips = ("handshake drips",) * 9
    yield Point("https, handshake drips, first attempt", "https", drips)
    # 429 is repeated over the same connection, 408 over a new one, which makes a handshake.
    yield Point("https, handshake drips, after a 408", "https", ("408", *drips))


def run(drip_seconds: float, deadline_seconds: float) -> list[Ended]:
    """Return how each call ended; all drip side by side."""
    every = list(points())
    with ThreadPoolExecutor(len(every)) as pool:
        return list(pool.map(lambda point: _run(point, drip_seconds, deadline_seconds), every))


def _run(point: Point, drip_seconds: float, deadline_seconds: float) -> Ended:
    timeouts = Timeouts(*[deadline_seconds] * 3)  # only the total deadline can end it
    config = replace(PATIENT, timeouts=timeouts, retry=RETRYING)
    with TemporaryDirectory() as folder, faulty_twilio(Path(folder), point.scheme) as twilio:
        twilio.arm(*point.faults, drip_seconds=drip_seconds)
        with client_at(twilio.url, config) as client:
            began = monotonic()
            error = send(client)
            return Ended(point, monotonic() - began - deadline_seconds, error is not None)


def naive_overrun_seconds(deadline_seconds: float) -> float:
    """Return by how much the usual call exceeds the timeout that it was given."""
    with TemporaryDirectory() as folder, faulty_twilio(Path(folder)) as twilio:
        twilio.arm("status line drips", drip_seconds=deadline_seconds / NAIVE_DRIPS)
        began = monotonic()
        requests.post(twilio.url, data={"Body": "hello"}, timeout=deadline_seconds)
        return monotonic() - began - deadline_seconds


def main(drip_seconds: float = 1.0, deadline_seconds: float = 5.0) -> int:
    logging.getLogger("twilio_sms").addHandler(logging.NullHandler())
    ended = run(drip_seconds, deadline_seconds)
    worst = max(ended, key=lambda each: each.overrun_seconds)
    naive_seconds = naive_overrun_seconds(deadline_seconds)
    figures = [
        ("G8_worst_overrun_seconds", worst.overrun_seconds, f"<={ALLOWED_SECONDS}"),
        ("G8_calls_that_ended_well", sum(not each.is_failed for each in ended), "==0"),
        ("naive_overrun_seconds", naive_seconds, f">{ALLOWED_SECONDS}"),
    ]
    are_met = [report(*figure) for figure in figures]
    print(f"# the worst: {worst.point.name}")
    return 0 if all(are_met) else 1


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
