"""What a send costs: CPU beside requests and the official SDK, a bulk beside bare threads, and the import.

All is measured against the same sink, a process of its own that answers 201; what is compared is measured in turns, and
the median of the ratios counts. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import requests
from figures import report
from twilio.rest import Client as OfficialClient

from twilio_sms import Client, Config, Rate, RateLimits

ACCOUNT_SID, TOKEN = "AC" + "0a" * 16, "0b" * 16
FORM = {"To": "+15551234567", "From": "+15005550006", "Body": "Your parcel has arrived."}
SENDS, ROUNDS = 400, 9
BULK, BULK_ROUNDS, WORKERS = 3000, 5, 8
IMPORT_ROUNDS = 9
UNLIMITED = RateLimits(global_rate=None, recipient_rate=None)
# The limits stay on and are asked, but let everything through: what is measured is their cost, not the wait.
GENEROUS = RateLimits(global_rate=Rate(10**9, 10**6), recipient_rate=Rate(10**9, 10**6))
# As an installed package is: its modules compiled once, by a round that does not count.
_INSTALLED = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@contextmanager
def sink() -> Iterator[str]:
    """Run the sink in a process of its own; give its address."""
    command = [sys.executable, str(Path(__file__).with_name("sink.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.communicate()


def cpu_ratios(url: str) -> tuple[float, float, float]:
    """Return microseconds of CPU of a send, and what it is of a plain post's and of the official SDK's."""
    session, official = requests.Session(), OfficialClient(ACCOUNT_SID, TOKEN)
    official.api.base_url = url
    address = f"{url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
    with Client(ACCOUNT_SID, TOKEN, base_url=url, config=Config(rate_limits=GENEROUS)) as client:
        calls: list[Callable[[], object]] = [
            lambda: client.messages.send(to=FORM["To"], from_=FORM["From"], body=FORM["Body"]),
            lambda: session.post(address, data=FORM, auth=(ACCOUNT_SID, TOKEN)).json(),
            lambda: official.messages.create(to=FORM["To"], from_=FORM["From"], body=FORM["Body"]),
        ]
        rounds = [[_cpu(call) for call in calls] for _ in range(ROUNDS + 1)][1:]
    ours = [ours for ours, _, _ in rounds]
    return median(ours), median(a / b for a, b, _ in rounds), median(a / c for a, _, c in rounds)


def _cpu(call: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(SENDS):
        call()
    return (time.process_time() - began) / SENDS * 1e6


def bulk_ratios(url: str) -> tuple[float, float]:
    """Return how many messages a second a bulk sends for each that bare threads post: without a journal, and with."""
    rounds = [(_bare(url), _bulk(url, None), _bulk(url, "journal.db")) for _ in range(BULK_ROUNDS)]
    return median(bare / plain for bare, plain, _ in rounds), median(bare / kept for bare, _, kept in rounds)


def _rows() -> Iterator[dict[str, str]]:
    for number in range(BULK):
        yield {"to": f"+1555{number:07}", "from_": FORM["From"], "body": FORM["Body"]}


def _bare(url: str) -> float:
    address = f"{url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"

    def post_each(rows: list[dict[str, str]]) -> None:
        session = requests.Session()
        for row in rows:
            form = {"To": row["to"], "From": row["from_"], "Body": row["body"]}
            session.post(address, data=form, auth=(ACCOUNT_SID, TOKEN)).raise_for_status()

    rows = list(_rows())
    began = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(post_each, [rows[worker::WORKERS] for worker in range(WORKERS)]))
    return time.perf_counter() - began


def _bulk(url: str, journal: str | None) -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        Client(ACCOUNT_SID, TOKEN, base_url=url, config=Config(rate_limits=UNLIMITED)) as client,
    ):
        path = Path(folder, journal) if journal else None
        began = time.perf_counter()
        client.messages.send_bulk(_rows(), journal=path, workers=WORKERS)
        return time.perf_counter() - began


def import_milliseconds(statement: str) -> float:
    """Return what *statement* takes over importing requests, which both do, in processes of their own."""
    _import(statement)
    rounds = [(_import(f"import requests; {statement}"), _import("import requests")) for _ in range(IMPORT_ROUNDS)]
    return median(ours - theirs for ours, theirs in rounds)


def _import(statement: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, env=_INSTALLED)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    logging.getLogger("twilio_sms").setLevel(logging.ERROR)
    with sink() as url:
        microseconds, of_post, of_official = cpu_ratios(url)
        print(f"# a send takes {microseconds:.0f} us of CPU")
        report("send_cpu_of_session_post", of_post, "<=0.70")
        report("send_cpu_of_official_sdk", of_official, "<=0.62")
        plain, kept = bulk_ratios(url)
        report("bulk_of_bare_threads", plain, ">=1.0")
        report("journalled_bulk_of_bare_threads", kept, ">=0.85")
    report("import_ms_over_requests", import_milliseconds("import twilio_sms"), "<=40")
    # The face loads nothing by itself; what a program waits for is the client.
    report("import_client_ms_over_requests", import_milliseconds("import twilio_sms; twilio_sms.Client"), "<=40")


if __name__ == "__main__":
    main()
