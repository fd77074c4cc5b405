"""What a send costs: CPU beside other HTTP clients and the official SDK, and a bulk beside bare threads.

All is measured against the same sink, a process of its own that answers 201; what is compared is measured in turns, and
the median of the ratios counts. The other clients post the same form with Basic auth and parse the answer, each as its
documentation has it: none validates, limits or waits. httpx is measured where it is installed. Prints ``name value goal
PASS|FAIL`` and ends with status 0 either way. ``python loadtests/bench/client.py [sends of a round [rows of a bulk]]``
"""

import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import requests
import urllib3
from figures import report, skip
from processes import serving
from twilio.rest import Client as OfficialClient

from twilio_sms import Client, Config, Rate, RateLimits

ACCOUNT_SID, TOKEN = "AC" + "0a" * 16, "0b" * 16
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
FORM = {"To": "+15551234567", "From": "+15005550006", "Body": "Your parcel has arrived."}
SENDS, ROUNDS = 300, 7
BULK, BULK_ROUNDS, WORKERS = 2000, 5, 8
GOALS = {"session_post": "<=0.70", "official_sdk": "<=0.62"}
UNLIMITED = RateLimits(global_rate=None, recipient_rate=None)
# The limits stay on and are asked, but let everything through: what is measured is their cost, not the wait.
GENEROUS = RateLimits(global_rate=Rate(10**9, 10**6), recipient_rate=Rate(10**9, 10**6))

Call = Callable[[], object]


def report_cpu(url: str, sends: int) -> None:
    """Report the microseconds of CPU that a send takes, those of the other clients, and the ratios to them."""
    with Client(ACCOUNT_SID, TOKEN, base_url=url, config=Config(rate_limits=GENEROUS)) as client, ExitStack() as stack:
        others = {"urllib3": _urllib3(url), "session_post": _session(url), "official_sdk": _official(url)}
        if find_spec("httpx"):
            others["httpx"] = _httpx(url, stack)
        else:
            skip("httpx", "not installed")
        calls = {"send": lambda: client.messages.send(to=FORM["To"], from_=FORM["From"], body=FORM["Body"]), **others}
        rounds = [{name: _cpu_us(call, sends) for name, call in calls.items()} for _ in range(ROUNDS + 1)][1:]
    for name in calls:
        report(f"{name}_cpu_us", median(taken[name] for taken in rounds))
    for name in others:
        report(f"send_cpu_of_{name}", median(taken["send"] / taken[name] for taken in rounds), GOALS.get(name))


def _cpu_us(call: Call, sends: int) -> float:
    began = time.process_time()
    for _ in range(sends):
        call()
    return (time.process_time() - began) / sends * 1e6


def _urllib3(url: str) -> Call:
    pool = urllib3.PoolManager(retries=False, headers=urllib3.make_headers(basic_auth=f"{ACCOUNT_SID}:{TOKEN}"))
    return lambda: pool.request("POST", url + PATH, fields=FORM, encode_multipart=False).json()


def _session(url: str) -> Call:
    session = requests.Session()
    return lambda: session.post(url + PATH, data=FORM, auth=(ACCOUNT_SID, TOKEN)).json()


def _httpx(url: str, stack: ExitStack) -> Call:
    session = stack.enter_context(import_module("httpx").Client())
    return lambda: session.post(url + PATH, data=FORM, auth=(ACCOUNT_SID, TOKEN)).json()


def _official(url: str) -> Call:
    official = OfficialClient(ACCOUNT_SID, TOKEN)
    official.api.base_url = url
    return lambda: official.messages.create(to=FORM["To"], from_=FORM["From"], body=FORM["Body"])


def bulk_ratios(url: str, rows: int) -> tuple[float, float]:
    """Return how many messages a second a bulk sends for each that bare threads post: without a journal, and with."""
    rounds = [(_bare(url, rows), _bulk(url, rows, None), _bulk(url, rows, "journal.db")) for _ in range(BULK_ROUNDS)]
    return median(bare / plain for bare, plain, _ in rounds), median(bare / kept for bare, _, kept in rounds)


def _rows(count: int) -> Iterator[dict[str, str]]:
    for number in range(count):
        yield {"to": f"+1555{number:07}", "from_": FORM["From"], "body": FORM["Body"]}


def _bare(url: str, count: int) -> float:
    def post_each(rows: list[dict[str, str]]) -> None:
        session = requests.Session()
        for row in rows:
            form = {"To": row["to"], "From": row["from_"], "Body": row["body"]}
            session.post(url + PATH, data=form, auth=(ACCOUNT_SID, TOKEN)).raise_for_status()

    rows = list(_rows(count))
    began = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(post_each, [rows[worker::WORKERS] for worker in range(WORKERS)]))
    return time.perf_counter() - began


def _bulk(url: str, count: int, journal: str | None) -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        Client(ACCOUNT_SID, TOKEN, base_url=url, config=Config(rate_limits=UNLIMITED)) as client,
    ):
        path = Path(folder, journal) if journal else None
        began = time.perf_counter()
        client.messages.send_bulk(_rows(count), journal=path, workers=WORKERS)
        return time.perf_counter() - began


def main(sends: int = SENDS, rows: int = BULK) -> None:
    logging.getLogger("twilio_sms").setLevel(logging.ERROR)
    with serving(Path(__file__).with_name("sink.py")) as port:
        url = f"http://127.0.0.1:{port}"
        report_cpu(url, sends)
        plain, kept = bulk_ratios(url, rows)
        report("bulk_of_bare_threads", plain, ">=1.0")
        report("journalled_bulk_of_bare_threads", kept, ">=0.85")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
