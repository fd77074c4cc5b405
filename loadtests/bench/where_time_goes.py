"""Which parts of the fake take the time of a message: one that is posted, and one with two callbacks.

All that the fake does happens in one thread here, so that it can be sampled: a connection of a client in another
process is answered, then the message lives through three statuses; and, past the API, a message is made, lives, and
its two callbacks are delivered to a sink in another process. ``…_cpu_us`` is the CPU time of one message, the quickest
of the rounds; ``…_share_of_…`` is how much of it goes to a part. Nothing waits for the interpreter here, as threads do.
``python loadtests/bench/where_time_goes.py [messages of a round [rounds]]``
"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable
from time import monotonic, thread_time

from callback_sink import listening
from engines import make_engine
from figures import report, skip
from post_messages import creating
from posting import post_all
from processes import serving
from time_shares import TimeShares

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.delivery.attempts import Attempts
from fake_twilio.delivery.courier import Courier
from fake_twilio.delivery.outbound import Outbound
from fake_twilio.delivery.workers import Job, Workers
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.server import FakeTwilio
from fake_twilio.timing.clock import ManualClock
from fake_twilio.timing.scheduler import Scheduler

MESSAGES, ROUNDS = 1_000, 15
LIFE = lives(Step(Status.SENDING, 0.1), Step(Status.SENT, 0.1), Step(Status.DELIVERED, 0.3))
LIFE_SECONDS = 1.0
START = 1_767_225_600.0
# Which part a file belongs to, by a piece of its path: the first that fits.
FAKE = {
    "fake_twilio/wire/": "wire",
    "werkzeug/serving": "wire",
    "http/server": "wire",
    "socketserver": "wire",
    "flask/": "flask",
    "werkzeug/": "flask",
    "blinker/": "flask",
    "web/lean_flask": "flask",
    "web/": "door",
    "records/request_log": "door",
    "api/twilio_headers": "door",
    "timing/activity": "door",
    "api/render": "answer",
    "api/representation": "answer",
    "api/entry": "who_asks",
    "api/auth": "who_asks",
    "accounts/directory": "who_asks",
    "accounts/under_way": "who_asks",
    "domain/accounts/account": "who_asks",
    "api/": "view",
    "domain/webhooks/sign": "signing",
    "domain/webhooks/": "sending",
    "delivery/status_teller": "telling",
    "delivery/webhook": "telling",
    "delivery/courier": "courier",
    "delivery/lanes": "courier",
    "delivery/attempts": "courier",
    "delivery/": "sending",
    "domain/twilio/form": "form",
    "domain/fate/": "rules",
    "domain/rules/": "rules",
    "messages/fates": "rules",
    "domain/messages/birth": "message",
    "domain/messages/message": "message",
    "twilio_sms/": "message",
    "domain/": "checks",
    "accounts/": "checks",
    "messages/": "engine",
    "inbound/": "engine",
    "records/": "store",
    "timing/": "time",
    "world": "time",
}


class AtOnce(Workers):
    """Workers that do a job where it is handed in."""

    def submit(self, job: Job) -> None:
        job()


def ask(port: str, messages: str) -> None:
    """Post so many messages on one connection."""
    post_all(int(port), creating(int(messages)))


def serve_sink() -> None:
    """Take callbacks until the input ends."""

    async def serve() -> None:
        await listening(lambda _body: None)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)

    asyncio.run(serve())


def answering(messages: int) -> Callable[[], None]:
    """Return what has a client post so many messages to a fake, and lets them live."""
    fake = FakeTwilio(Scenario(name="bench", about="", numbers=(), rules=(), otherwise=LIFE), clock="manual", seed=1)
    listener = socket.create_server(("127.0.0.1", 0))
    command = [sys.executable, __file__, "ask", str(listener.getsockname()[1]), str(messages)]

    def answer() -> None:
        with subprocess.Popen(command) as client:
            connection, address = listener.accept()
            fake._server.process_request_thread(connection, address)  # noqa: SLF001 - in this thread, not in one of its own
            assert client.wait() == 0
        fake.advance(LIFE_SECONDS)

    return answer


def calling_back(messages: int, sink: int) -> Callable[[], None]:
    """Return what makes so many messages and lets them live; each has two callbacks, posted to the port *sink*."""
    clock, scheduler = ManualClock(START), Scheduler()
    courier = Courier(AtOnce(0, ""), Attempts(Outbound(connections=1, monotonic=monotonic)).of, now=clock.now)
    engine = make_engine(LIFE, clock, scheduler, deliver=courier.deliver)
    told = f"http://127.0.0.1:{sink}/status"
    forms = [
        (
            ("To", f"+1555{n:07}"),
            ("From", "+15005550006"),
            ("Body", "Your parcel has arrived."),
            ("StatusCallback", told),
        )
        for n in range(messages)
    ]

    def call_back() -> None:
        before = courier.ended
        for form in forms:
            engine.accept(form)
        while (due := scheduler.next_due()) is not None:
            clock.move_to(due)
            scheduler.run_due(due)
        assert courier.ended - before == 2 * messages
        assert courier.deliveries()[-1].answer.status == 204, courier.deliveries()[-1].answer

    return call_back


def measure(name: str, messages: int, rounds: int, work: Callable[[], None]) -> None:
    """Report the CPU of one message of this kind, and the share of each part."""
    work()  # what is made once is made before it counts
    shares, seconds = TimeShares(FAKE), []
    for _ in range(rounds):
        began = thread_time()
        with shares.sampled():
            work()
        seconds.append(thread_time() - began)
    report(f"{name}_cpu_us", min(seconds) / messages * 1e6)
    for part, share in shares.shares().items():
        report(f"{name}_share_of_{part}", share)


def main(messages: int = MESSAGES, rounds: int = ROUNDS) -> None:
    if sys.platform == "win32":
        return skip("where_time_goes", "there is no SIGPROF on Windows")
    let_garbage_wait()
    measure("posted", messages, rounds, answering(messages))
    with serving(__file__, "sink") as sink:
        measure("told", messages, rounds, calling_back(messages, sink))
    return None


ROLES: dict[str, Callable[..., None]] = {"ask": ask, "sink": serve_sink}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ROLES:
        ROLES[sys.argv[1]](*sys.argv[2:])
    else:
        main(*map(int, sys.argv[1:]))
