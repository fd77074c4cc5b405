"""G3 and G4: who is told "not sent" was not sent, and nobody is sent to twice, whatever fails on the wire.

Run as ``python -m tests.e2e.wire_faults [RUNS] [SEED]``; it prints ``name value goal PASS|FAIL``. Every fault is met so
many times on new and on kept connections, over http and https, by a client that tries once (G3) and by one with the
default retries (G4). The fault servers, processes of their own, say what they read whole and did not provably refuse.
The same is done with what is usually written instead, to show that it can be found out.
"""

import logging
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from loadtests.bench.figures import report
from tests.faulty_twilio import CERTIFICATE, FaultyTwilio, faulty_twilio
from tests.tls_faults import ENDLESS
from tests.wire_clients import PATIENT, RETRYING, client_at, send
from tests.wire_proofs import points
from twilio_sms import Timeouts
from twilio_sms.verdict import Verdict

HASTY = Timeouts(connect_seconds=0.3, read_seconds=0.15, total_seconds=0.3)
TIMES = (1, 2, 9)  # how many requests in a row meet the fault: one attempt, two, or all of them
NAIVE_RUNS = 2

Sender = Callable[[str], Verdict | None]  # sends a text; says what became of it, None for success
Variant = Callable[[FaultyTwilio, str], AbstractContextManager[Sender]]


@dataclass(frozen=True)
class Route:
    """How a fault is met."""

    scheme: str
    is_kept: bool


@dataclass
class Told:
    """What the sender said of each text."""

    verdicts: dict[str, Verdict | None] = field(default_factory=dict)

    def judged(self, twilio: FaultyTwilio) -> Counter[str]:
        """Hold it against what the server has got."""
        texts = [(held.text.rpartition(b"Body=")[2].decode(), held.is_refused) for held in twilio.held()]
        processed = Counter(text for text, is_refused in texts if not is_refused)
        came = Counter(text for text, _ in texts)
        found: Counter[str] = Counter()
        for text, verdict in self.verdicts.items():
            found["not sent but held"] += verdict is Verdict.NOT_SENT and processed[text] > 0
            found["sent twice"] += processed[text] > 1
            found["accepted but not held"] += verdict in (None, Verdict.ACCEPTED) and processed[text] == 0
            found["not sent at all"] += verdict is Verdict.NOT_SENT
            found["more than one attempt"] += came[text] > 1
        return found


@contextmanager
def _ours(twilio: FaultyTwilio, fault: str, *, is_retrying: bool) -> Iterator[Sender]:
    config = replace(PATIENT, timeouts=HASTY) if fault in ENDLESS else PATIENT
    with client_at(twilio.url, replace(config, retry=RETRYING) if is_retrying else config) as client:
        yield lambda text: getattr(send(client, text), "verdict", None)


@contextmanager
def once(twilio: FaultyTwilio, fault: str) -> Iterator[Sender]:
    """Send with a client that tries once."""
    with _ours(twilio, fault, is_retrying=False) as sender:
        yield sender


@contextmanager
def retrying(twilio: FaultyTwilio, fault: str) -> Iterator[Sender]:
    """Send with the default client: a new one each time, so that no quota and no breaker of the last is in the way."""
    with _ours(twilio, fault, is_retrying=True) as sender:
        yield sender


@contextmanager
def naive(twilio: FaultyTwilio, fault: str) -> Iterator[Sender]:
    """Send as is usually done: repeat what failed, and take a broken connection for a message that was not sent."""
    retry = Retry(3, allowed_methods=None, status_forcelist=[408, 429, 500, 502, 503, 504], backoff_factor=0)
    with requests.Session() as session:
        session.mount(twilio.url, HTTPAdapter(max_retries=retry))

        def post(text: str) -> Verdict | None:
            try:
                session.post(f"{twilio.url}/Messages.json", data={"Body": text}, timeout=0.3, verify=CERTIFICATE)
            except requests.ConnectionError:
                return Verdict.NOT_SENT
            except (requests.RequestException, ValueError):
                return Verdict.UNKNOWN
            return None

        yield post


def run(variant: Variant, runs: int, seed: int, skipped: Collection[str] = ()) -> Counter[str]:
    """Return what was found on all routes together; *skipped* faults are left out."""
    routes = [Route(scheme, is_kept) for scheme in ("http", "https") for is_kept in (False, True)]
    with ThreadPoolExecutor(len(routes)) as pool:
        return sum(pool.map(lambda route: _run_route(variant, route, runs, seed, skipped), routes), Counter())


def _run_route(variant: Variant, route: Route, runs: int, seed: int, skipped: Collection[str]) -> Counter[str]:
    chance, told = Random(f"{route} {seed}"), Told()
    faults = [fault for fault in points(route.scheme, is_kept=route.is_kept) if fault not in skipped] * runs
    chance.shuffle(faults)
    with TemporaryDirectory() as folder, faulty_twilio(Path(folder), route.scheme) as twilio:
        for number, fault in enumerate(faults):
            with variant(twilio, fault) as sender:
                if route.is_kept:
                    sender(f"warm-up-{number}")
                twilio.arm(*[fault] * chance.choice(TIMES))
                told.verdicts[f"text-{number}"] = sender(f"text-{number}")
                twilio.arm()
        return told.judged(twilio)


def main(runs: int = 100, seed: int = 1) -> int:
    logging.getLogger("twilio_sms").addHandler(logging.NullHandler())
    bare, default = run(once, runs, seed), run(retrying, runs, seed)
    usual = run(naive, min(runs, NAIVE_RUNS), seed, ENDLESS)  # it has no total deadline, and would sit them out
    least = min(len(points(scheme, is_kept=True)) for scheme in ("http", "https"))
    figures = [
        ("G3_fault_points", least, ">=24"),
        ("G3_not_sent_but_held", bare["not sent but held"], "<=0"),
        ("G3_accepted_but_not_held", bare["accepted but not held"], "<=0"),
        ("G3_not_sent_at_all", bare["not sent at all"], ">=1"),
        ("G4_sent_twice", default["sent twice"], "<=0"),
        ("G4_more_than_one_attempt", default["more than one attempt"], ">=1"),
        ("naive_not_sent_but_held", usual["not sent but held"], ">=1"),
        ("naive_sent_twice", usual["sent twice"], ">=1"),
    ]
    are_met = [report(*figure) for figure in figures]
    return 0 if all(are_met) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
