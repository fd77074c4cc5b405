"""Messages with their status callbacks, end to end: how many a second, and how late the callbacks are.

A fake on a real clock, a sink for its callbacks and the senders are processes of one machine. Each message takes three
statuses and tells of two, signed. First as many as go are sent; then half as many a second, at even distances, and the
lag is counted from the moment for which a status was planned. Last, the fake delivers a pile of callbacks that are all
due at once, next to eight threads of a bare urllib3 pool that post the same to the same sink. Prints ``name value goal
PASS|FAIL`` and ends with status 0 either way.
``python loadtests/bench/callbacks.py [messages [messages of a pile [seconds of the paced part]]]``
"""

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from statistics import median
from time import perf_counter, sleep, time
from urllib.parse import parse_qs, urlencode

import urllib3
from callback_sink import listening
from figures import report
from part import Part
from posting import HEADERS, PATH

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.server import FakeTwilio

FILE = "callbacks.py"
SENDERS = 4
MESSAGES = 5_000
PILE = 3_000  # messages, with two callbacks each
PILE_ROUNDS = 3
PACED_SECONDS = 8
LIFE = (Step(Status.SENDING, 0.1), Step(Status.SENT, 0.1), Step(Status.DELIVERED, 0.3))
TOLD_AFTER = {"sent": 0.2, "delivered": 0.5}  # seconds after the message was made
PATIENCE_SECONDS = 60.0
SCENARIO = Scenario(name="bench", about="a bench", numbers=(), rules=(), otherwise=lives(*LIFE))


def serve_sink() -> None:
    """Take callbacks; answer lines: ``count`` with how many there were, ``all`` with each."""
    arrivals: list[tuple[float, bytes]] = []

    async def serve() -> None:
        await listening(lambda body: arrivals.append((time(), body)))
        while question := (await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)).strip():
            told = len(arrivals) if question == "count" else [_read(*arrival) for arrival in arrivals]
            print(json.dumps(told), flush=True)

    asyncio.run(serve())


def _read(at: float, body: bytes) -> tuple[float, str, str]:
    form = parse_qs(body.decode())
    return at, form["MessageSid"][0], form["MessageStatus"][0]


def serve_fake() -> None:
    """Answer each line with when each message was made."""
    let_garbage_wait()
    with FakeTwilio(SCENARIO) as fake:
        print(fake.port, flush=True)
        while sys.stdin.readline():
            print(json.dumps({message.sid: message.created_at for message in fake.messages}), flush=True)


def deliver_pile(sink: str, messages: int) -> float:
    """Return how many callbacks a second leave when all are due."""
    let_garbage_wait()
    pile = Scenario(name="pile", about="", numbers=(), rules=(), otherwise=lives(LIFE[1], LIFE[2]))
    with FakeTwilio(pile, clock="manual") as fake:
        for number in range(messages):
            fake._world.engine.accept(tuple(create_form(number, sink).items()))  # noqa: SLF001 - past the API
        began = perf_counter()
        fake.settle()
        return 2 * messages / (perf_counter() - began)


def deliver_bare(sink: str, messages: int) -> float:
    """Return how many posts a second a bare pool of eight threads makes."""
    body = urlencode({"MessageSid": "SM" + "0" * 32, "MessageStatus": "sent", "Filling": "x" * 250})
    pool = urllib3.PoolManager(maxsize=8, retries=False)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    began = perf_counter()
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda _: pool.request("POST", sink, body=body, headers=headers), range(2 * messages)))
    return 2 * messages / (perf_counter() - began)


def create_form(number: int, sink: str) -> dict[str, str]:
    return {
        "To": f"+1555{number:07}",
        "From": "+15005550006",
        "Body": "Your parcel has arrived.",
        "StatusCallback": sink,
    }


def send_share(port: int, sink: str, share: range, pause_seconds: float) -> None:
    """Send one sender's share, at even distances if there is a pause."""
    connection = HTTPConnection("127.0.0.1", port)
    began = perf_counter()
    for place, number in enumerate(share):
        sleep(max(0.0, began + place * pause_seconds - perf_counter()))
        connection.request("POST", PATH, urlencode(create_form(number, sink)), HEADERS)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201, answer.status
    connection.close()


def send_all(port: int, sink: str, numbers: range, rate: float | None) -> None:
    pause = SENDERS / rate if rate else 0.0
    shares = [numbers[place::SENDERS] for place in range(SENDERS)]
    threads = [threading.Thread(target=send_share, args=(port, sink, share, pause)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def wait_for(count: int, sink: Part) -> None:
    began = perf_counter()
    while (came := sink.ask("count")) < count:
        if perf_counter() - began > PATIENCE_SECONDS:
            raise TimeoutError(f"{came} of {count} callbacks came")
        sleep(0.02)


def measure_traffic(messages: int, paced_seconds: int) -> None:
    """Report the first two parts."""
    with Part(FILE, "sink") as sink, Part(FILE, "fake") as fake:
        url = f"http://127.0.0.1:{sink.port}/status"
        began = perf_counter()
        send_all(fake.port, url, range(messages), None)
        wait_for(2 * messages, sink)
        rate = messages / (perf_counter() - began)
        report("messages_a_second_with_two_callbacks", rate, ">=700")
        paced = range(messages, messages + int(rate / 2 * paced_seconds))
        send_all(fake.port, url, paced, rate / 2)
        wait_for(2 * paced.stop, sink)
        made, arrivals = fake.ask("made"), sink.ask("all")
    lags = sorted(at - made[sid] - TOLD_AFTER[status] for at, sid, status in arrivals[2 * messages :])
    for percent in (50, 99):
        goal = "<=50" if percent == 99 else None
        report(f"callback_lag_p{percent}_ms_at_half_rate", lags[len(lags) * percent // 100] * 1000, goal)


def measure_pile(messages: int) -> None:
    """Report the last part: both in turns, the median of the ratios."""
    with Part(FILE, "sink") as sink:
        url = f"http://127.0.0.1:{sink.port}/status"
        pairs = [tuple(float(told(name, url, str(messages))) for name in ("bare", "pile")) for _ in range(PILE_ROUNDS)]
    report("bare_urllib3_callbacks_a_second", median(bare for bare, _ in pairs))
    report("callbacks_a_second", median(pile for _, pile in pairs))
    report("callbacks_over_bare_urllib3_pool", median(pile / bare for bare, pile in pairs), ">=0.75")


def told(*words: str) -> str:
    return subprocess.run([sys.executable, __file__, *words], check=True, stdout=subprocess.PIPE, text=True).stdout


def main(messages: int = MESSAGES, pile: int = PILE, paced_seconds: int = PACED_SECONDS) -> None:
    measure_traffic(messages, paced_seconds)
    measure_pile(pile)


ROLES: dict[str, Callable[..., None]] = {
    "sink": serve_sink,
    "fake": serve_fake,
    "pile": lambda sink, messages: print(deliver_pile(sink, int(messages))),
    "bare": lambda sink, messages: print(deliver_bare(sink, int(messages))),
}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ROLES:
        ROLES[sys.argv[1]](*sys.argv[2:])
    else:
        main(*map(int, sys.argv[1:]))
