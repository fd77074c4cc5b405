"""Forks while threads of its are inside a send; a process of its own, since a child must not be one of a test's.

Run as ``python -m tests.forked_sender VARIANT URL FOLDER FORKS SENDS SEED``. Threads of the parent send all the
time, and each child sends so many messages with threads of its own. Every answer is held against the message it is for.
Prints a line of JSON: the texts that were sent well, how many answers were ``crossed`` or ``failed``, and how many
children were ``stuck``. ``ours`` is our client; ``naive`` shares a `requests.Session`, as is usually done.
"""

import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep

import requests

from twilio_sms import Client, Config, RateLimits, TwilioError

SENDER = "+15005550006"
WARM_UP_THREADS, PARENT_THREADS, CHILD_THREADS = 8, 4, 4  # more connections are kept than are in use at a fork
STUCK_SECONDS = 60  # a child that takes so long is stuck
LONGEST_REST_SECONDS = 0.02  # between two forks

Answered = tuple[str, str]  # to whom and with what text, as the answer says
Send = Callable[[str, str], Answered]


def ours(url: str, folder: str) -> Send:
    """Return a send through one client, whose opt-outs are in a file: it has a lock and a connection of its own."""
    config = Config(rate_limits=RateLimits(global_rate=None, recipient_rate=None))
    client = Client("AC" + "0a" * 16, "token", base_url=url, config=config, opt_outs=Path(folder, "opt_outs.db"))

    def send(to: str, body: str) -> Answered:
        message = client.messages.send(to=to, from_=SENDER, body=body)
        return message.to, message.body

    return send


def naive(url: str, _folder: str) -> Send:
    """Return a send through one session that all processes share."""
    session = requests.Session()

    def send(to: str, body: str) -> Answered:
        answer = session.post(f"{url}/Messages.json", data={"To": to, "From": SENDER, "Body": body}, timeout=2).json()
        return answer["to"], answer["body"]

    return send


def attempt(send: Send, number: int, body: str, found: Counter[str], sent: list[str]) -> None:
    """Send one message and hold the answer against it."""
    to = f"+1555{number:07}"
    try:
        answered = send(to, body)
    except (TwilioError, requests.RequestException, KeyError):
        found["failed"] += 1
        return
    if answered == (to, body):
        sent.append(body)
    else:
        found["crossed"] += 1


def send_all(send: Send, name: str, sends: int) -> dict[str, object]:
    """Send so many messages with a few threads."""
    found: Counter[str] = Counter(failed=0, crossed=0)
    sent: list[str] = []
    with ThreadPoolExecutor(CHILD_THREADS) as pool:
        for number in range(sends):
            pool.submit(attempt, send, number, f"{name}-{number}", found, sent)
    return {**found, "sent": sent}


def fork(send: Send, name: str, sends: int, folder: str) -> int:
    """Return the id of a child that sends, and writes down what came of it."""
    child = os.fork()
    if child:
        return child
    signal.alarm(STUCK_SECONDS)
    try:
        report = send_all(send, name, sends)
        Path(folder, f"report-{name}").write_text(json.dumps(report), "utf-8")
    finally:
        os._exit(0)


def main(variant: str, url: str, folder: str, forks: int, sends: int, seed: int) -> None:
    chance, is_over = random.Random(seed), Event()
    send = {"ours": ours, "naive": naive}[variant](url, folder)
    found: Counter[str] = Counter(failed=0, crossed=0)
    sent: list[str] = []

    def keep_sending(thread: int) -> None:
        number = 0
        while not is_over.is_set():
            attempt(send, number, f"parent-{thread}-{number}", found, sent)
            number += 1

    with ThreadPoolExecutor(WARM_UP_THREADS) as pool:
        for number in range(10 * WARM_UP_THREADS):
            pool.submit(attempt, send, number, f"warm-up-{number}", found, sent)
    with ThreadPoolExecutor(PARENT_THREADS) as pool:
        for thread in range(PARENT_THREADS):
            pool.submit(keep_sending, thread)
        children = []
        for number in range(forks):
            sleep(chance.uniform(0, LONGEST_REST_SECONDS))
            children.append(fork(send, f"child-{number}", sends, folder))
        stuck = sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)
        is_over.set()
    for path in Path(folder).glob("report-*"):
        report = json.loads(path.read_text("utf-8"))
        found.update(failed=report["failed"], crossed=report["crossed"])
        sent += report["sent"]
    print(json.dumps({**found, "stuck": stuck, "sent": sent}))


if __name__ == "__main__":
    main(*sys.argv[1:4], *map(int, sys.argv[4:]))
