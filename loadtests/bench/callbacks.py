"""Messages with their status callbacks, end to end: how many a second, and how late the callbacks are.

A fake on a real clock, a sink for its callbacks and the senders are processes of one machine. Each message takes three
statuses and tells of two, signed. First as many as go are sent; then half as many a second, at even distances, and the
lag is counted from the moment for which a status was planned. Last, the fake delivers a pile of callbacks that are all
due at once, next to eight threads of a bare urllib3 pool that post the same to the same sink. Prints ``name value goal
PASS|FAIL`` and ends with status 0 either way.
"""

import asyncio
import json
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from time import perf_counter, sleep, time
from typing import Any
from urllib.parse import parse_qs, urlencode

import urllib3
from callback_sink import listening
from figures import report

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.server import ACCOUNT_SID, FakeTwilio

SENDERS = 4
MESSAGES = 6_000
PILE = 5_000  # messages, with two callbacks each
LIFE = (Step(Status.SENDING, 0.1), Step(Status.SENT, 0.1), Step(Status.DELIVERED, 0.3))
TOLD_AFTER = {"sent": 0.2, "delivered": 0.5}  # seconds after the message was made
PATIENCE_SECONDS = 60.0
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
HEADERS = {
    "Authorization": "Basic " + b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode(),
    "Content-Type": "application/x-www-form-urlencoded",
}
SCENARIO = Scenario(name="bench", about="a bench", numbers=(), rules=(), otherwise=lives(*LIFE))


def serve_sink() -> None:
    """Take callbacks; for each line that comes in, say how many there were, or tell them all at the end."""
    arrivals: list[tuple[float, bytes]] = []

    async def serve() -> None:
        await listening(lambda body: arrivals.append((time(), body)))
        while await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline) == "count\n":
            print(len(arrivals), flush=True)

    asyncio.run(serve())
    told = [(at, parse_qs(body.decode())) for at, body in arrivals]
    print(json.dumps([(at, form["MessageSid"][0], form["MessageStatus"][0]) for at, form in told]))


def serve_fake() -> None:
    let_garbage_wait()
    with FakeTwilio(SCENARIO) as fake:
        print(fake.port, flush=True)
        sys.stdin.read()
        print(json.dumps({message.sid: message.created_at for message in fake.messages}))


def deliver_pile(sink: str) -> float:
    """Return how many callbacks a second leave when all are due."""
    let_garbage_wait()
    pile = Scenario(name="pile", about="", numbers=(), rules=(), otherwise=lives(LIFE[1], LIFE[2]))
    with FakeTwilio(pile, clock="manual") as fake:
        for number in range(PILE):
            fake._world.engine.accept(tuple(create_form(number, sink).items()))  # noqa: SLF001 - past the API
        began = perf_counter()
        fake.settle()
        return 2 * PILE / (perf_counter() - began)


def deliver_bare(sink: str) -> float:
    """Return how many posts a second a bare pool of eight threads makes."""
    body = urlencode({"MessageSid": "SM" + "0" * 32, "MessageStatus": "sent", "Filling": "x" * 250})
    pool = urllib3.PoolManager(maxsize=8, retries=False)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    began = perf_counter()
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda _: pool.request("POST", sink, body=body, headers=headers), range(2 * PILE)))
    return 2 * PILE / (perf_counter() - began)


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


class Role:
    """One of the processes: it says its port first, answers questions, and tells its result when its input ends."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.port = int(self._read())

    def count(self) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write("count\n")
        self._process.stdin.flush()
        return int(self._read())

    def end(self) -> Any:
        return json.loads(self._process.communicate()[0])

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def running(name: str, *words: str) -> Iterator[Role]:
    command = [sys.executable, __file__, name, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Role(process)
        finally:
            process.kill()


def wait_for(count: int, sink: Role) -> None:
    began = perf_counter()
    while sink.count() < count:
        if perf_counter() - began > PATIENCE_SECONDS:
            raise TimeoutError(f"{sink.count()} of {count} callbacks came")
        sleep(0.02)


def measure_traffic() -> None:
    """Report the first two parts."""
    with ExitStack() as stack:
        sink, fake = stack.enter_context(running("sink")), stack.enter_context(running("fake"))
        url = f"http://127.0.0.1:{sink.port}/status"
        began = perf_counter()
        send_all(fake.port, url, range(MESSAGES), None)
        wait_for(2 * MESSAGES, sink)
        rate = MESSAGES / (perf_counter() - began)
        report("messages_a_second_with_two_callbacks", rate, ">=700")
        paced = range(MESSAGES, MESSAGES + int(rate * 5))
        send_all(fake.port, url, paced, rate / 2)
        wait_for(2 * paced.stop, sink)
        made, arrivals = fake.end(), sink.end()
    lags = sorted(at - made[sid] - TOLD_AFTER[status] for at, sid, status in arrivals[2 * MESSAGES :])
    late = lags[int(len(lags) * 0.99)] * 1000
    report("callback_lag_p99_ms_at_half_rate", late, "<=50")


def measure_pile() -> None:
    """Report the last part; whoever begins changes from round to round."""
    ratios = []
    with running("sink") as sink:
        url = f"http://127.0.0.1:{sink.port}/status"
        for _ in range(3):
            rates = {name: float(told(name, url)) for name in ("bare", "pile")}
            ratios.append(rates["pile"] / rates["bare"])
    ratio = sorted(ratios)[1]
    report("callbacks_over_bare_urllib3_pool", ratio, ">=0.75")


def told(*words: str) -> str:
    return subprocess.run([sys.executable, __file__, *words], check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    measure_traffic()
    measure_pile()


ROLES: dict[str, Callable[..., None]] = {
    "sink": serve_sink,
    "fake": serve_fake,
    "pile": lambda sink: print(deliver_pile(sink)),
    "bare": lambda sink: print(deliver_bare(sink)),
}

if __name__ == "__main__":
    ROLES[sys.argv[1]](*sys.argv[2:]) if len(sys.argv) > 1 else main()
