"""The wire against a server that fails in every way: what a failure proves, and how often a message is sent."""

import os
import re
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER
from tests.fault_server import FAULTS
from tests.parts import ONCE, PLAIN, UNLIMITED
from twilio_sms import AcceptedWithoutSidError, Client, Config, Timeouts, TwilioError
from twilio_sms.errors import ConnectionFailedError
from twilio_sms.transport.http import HttpTransport
from twilio_sms.transport.wire import LostAnswer, Request
from twilio_sms.verdict import Phase, Verdict

FAST = Config(
    timeouts=Timeouts(connect_seconds=0.5, read_seconds=0.3, total_seconds=1.0),
    max_answer_bytes=1 << 20,
    retry=ONCE,
    rate_limits=UNLIMITED,
)
BODY = "hello " * 100

# What each fault may prove. Where two are named it depends on which side is faster; both are true then.
EITHER = {Verdict.NOT_SENT, Verdict.UNKNOWN}
PROOFS: dict[str, set[Verdict]] = {
    "reset before reading": EITHER,
    "close before reading": EITHER,
    "reset after ten bytes": EITHER,
    "reset after the head": EITHER,
    "reset after the request": {Verdict.UNKNOWN},
    "close after the request": {Verdict.UNKNOWN},
    "hang after the request": {Verdict.UNKNOWN},
    "garbage status line": {Verdict.UNKNOWN},
    "half a status line": {Verdict.UNKNOWN},
    "status line without its end": {Verdict.UNKNOWN},
    "reset after the status line": {Verdict.ACCEPTED},
    "headers cut": {Verdict.ACCEPTED},
    "body cut": {Verdict.ACCEPTED},
    "body hangs": {Verdict.ACCEPTED},
    "body drips": {Verdict.ACCEPTED, Verdict.UNKNOWN},
    "no json": {Verdict.ACCEPTED},
    "json without a sid": {Verdict.ACCEPTED},
    "broken compression": {Verdict.ACCEPTED},
    "huge answer": {Verdict.ACCEPTED},
    "500": {Verdict.UNKNOWN},
    "502 in html": {Verdict.UNKNOWN},
    "503 with retry-after": {Verdict.UNKNOWN},
    "504": {Verdict.UNKNOWN},
    "continue, then a cut 429": {Verdict.UNKNOWN},
    "another protocol's 429": {Verdict.UNKNOWN},
    "odd digits of a 429": {Verdict.UNKNOWN},
    "negative chunk": {Verdict.ACCEPTED},
    "429": {Verdict.NOT_SENT},
    "429 cut": {Verdict.NOT_SENT},
    "408": {Verdict.NOT_SENT},
    "421": {Verdict.NOT_SENT},
    "425": {Verdict.NOT_SENT},
    "400": {Verdict.REJECTED},
    "307 to itself": {Verdict.REJECTED},
    "401 before the body": {Verdict.REJECTED, *EITHER},
}
HARMLESS = {"201 until the end", "continue, then 201", "early hints, then 201"}


@dataclass
class FaultyTwilio:
    """The fault server's process, as a test drives it."""

    process: subprocess.Popen[str]
    folder: Path
    url: str

    def arm(self, fault: str) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(fault + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "armed\n"

    def processed(self) -> int:
        """How many requests the server read whole."""
        return len(list(self.folder.iterdir()))


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[FaultyTwilio]:
    folder = tmp_path / "requests"
    folder.mkdir()
    script = Path(__file__).parents[2] / "fault_server.py"
    command = [sys.executable, str(script), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield FaultyTwilio(process, folder, f"http://127.0.0.1:{process.stdout.readline().strip()}")
        process.kill()


def send(client: Client) -> TwilioError | None:
    """Send one message; return what went wrong."""
    try:
        client.messages.send(to=RECIPIENT, from_=SENDER, body=BODY)
    except TwilioError as error:
        return error
    return None


def test_every_fault_is_judged() -> None:
    assert set(FAULTS) == set(PROOFS) | HARMLESS


@pytest.mark.parametrize("kept", [False, True], ids=["new connection", "kept connection"])
@pytest.mark.parametrize("fault", PROOFS)
def test_a_fault_proves_what_it_proves_and_sends_at_most_once(faulty: FaultyTwilio, fault: str, *, kept: bool) -> None:
    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=faulty.url, config=FAST) as client:
        before = 0
        if kept:
            assert send(client) is None
            before = 1
        faulty.arm(fault)

        error = send(client)

        assert error is not None
        assert error.verdict in PROOFS[fault]
        assert faulty.processed() - before <= 1
        said_so = error.status in (408, 421, 425, 429)
        assert error.verdict is not Verdict.NOT_SENT or said_so or faulty.processed() == before
        assert error.repeatable == (error.verdict is Verdict.NOT_SENT)


@pytest.mark.parametrize("fault", sorted(HARMLESS))
def test_an_unusual_but_whole_answer_is_taken(faulty: FaultyTwilio, fault: str) -> None:
    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=faulty.url, config=FAST) as client:
        faulty.arm(fault)

        error = send(client)

        assert error is None
        assert faulty.processed() == 1


@pytest.mark.parametrize("fault", ["500", "503 with retry-after", "reset after the request", "307 to itself"])
def test_the_usual_retrying_session_sends_twice_against_the_same_faults(faulty: FaultyTwilio, fault: str) -> None:
    naive = requests.Session()
    naive.mount("http://", HTTPAdapter(max_retries=Retry(3, allowed_methods=None, status_forcelist=[500, 503])))
    faulty.arm(fault)

    with naive:
        naive.post(f"{faulty.url}/Messages.json", data={"Body": BODY}, timeout=2)

    assert faulty.processed() > 1


def test_a_refused_connection_proves_that_nothing_was_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = Client(ACCOUNT_SID, AUTH_TOKEN, base_url=f"http://127.0.0.1:{taken.getsockname()[1]}", config=FAST)

        error = send(client)

    assert isinstance(error, ConnectionFailedError)
    assert error.phase is Phase.OPENING


def test_a_connect_that_hangs_proves_that_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        client = Client(ACCOUNT_SID, AUTH_TOKEN, base_url=f"http://127.0.0.1:{full.getsockname()[1]}", config=FAST)

        error = send(client)

        for each in waiting:
            each.close()
    assert error is not None
    assert error.verdict is Verdict.NOT_SENT


@pytest.mark.parametrize("fault", ["hang after the request", "garbage status line", "reset before reading"])
def test_a_tls_handshake_that_fails_proves_that_nothing_was_sent(faulty: FaultyTwilio, fault: str) -> None:
    url = faulty.url.replace("http://", "https://")
    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=url, config=FAST) as client:
        faulty.arm(fault)

        error = send(client)

    assert error is not None
    assert error.verdict is Verdict.NOT_SENT
    assert faulty.processed() == 0


def test_a_host_that_is_no_name_proves_that_nothing_was_sent() -> None:
    client = Client(ACCOUNT_SID, AUTH_TOKEN, base_url=f"http://{'a' * 70}.example", config=FAST)

    error = send(client)

    assert error is not None
    assert error.verdict is Verdict.NOT_SENT


def test_a_slow_drip_ends_at_the_total_deadline(faulty: FaultyTwilio) -> None:
    transport = HttpTransport()
    faulty.arm("body drips")
    request = Request(
        method="POST",
        url=f"{faulty.url}/x",
        form=(("a", "b"),),
        authorization="Basic x",
        timeouts=Timeouts(read_seconds=30, total_seconds=0.5),
    )

    with pytest.raises(LostAnswer, match="in total"):
        transport.send(request)

    transport.close()


@pytest.mark.parametrize("error", [TimeoutError("took too long"), TimeoutError(110, "took too long"), OSError(5, "x")])
def test_an_alarm_that_raises_after_the_send_does_not_prove_anything(faulty: FaultyTwilio, error: OSError) -> None:
    def ring(_number: int, _frame: object) -> None:
        raise error

    before = signal.signal(signal.SIGALRM, ring)
    faulty.arm("hang after the request")
    signal.setitimer(signal.ITIMER_REAL, 0.15)
    try:
        with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=faulty.url, config=PLAIN) as client:
            failed = send(client)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert failed is not None
    assert failed.verdict is Verdict.UNKNOWN


def test_a_send_that_is_interrupted_anywhere_is_never_taken_for_unsent(faulty: FaultyTwilio) -> None:
    script = Path(__file__).parents[2] / "interrupted_sender.py"

    # Not under coverage: its own lock would be one of the things that an interruption leaves held.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}

    done = subprocess.run(
        [sys.executable, str(script), faulty.url, "300"],
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
        env=environ,
    )

    processed = b"".join(request.read_bytes() for request in faulty.folder.iterdir()).decode()
    sent = re.findall(r"number-\d+-", processed)
    unsent = done.stdout.split()
    assert set(sent) & set(unsent) == set()
    assert len(sent) == len(set(sent))
    assert sent
    assert unsent


def test_an_answer_is_kept_from_the_request_after_the_one_it_was_for(faulty: FaultyTwilio) -> None:
    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=faulty.url, config=FAST) as client:
        faulty.arm("body hangs")
        lost = send(client)

        found = send(client)

    assert isinstance(lost, AcceptedWithoutSidError)
    assert found is None
    assert faulty.processed() == 2


def test_the_chain_of_an_error_holds_neither_secret_nor_body(faulty: FaultyTwilio) -> None:
    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=faulty.url, config=FAST) as client:
        faulty.arm("reset after the request")
        error: BaseException | None = send(client)

    while error is not None:
        assert getattr(error, "request", None) is None
        assert BODY not in repr(vars(error)) + repr(error)
        assert AUTH_TOKEN not in repr(vars(error)) + repr(error)
        error = error.__cause__ or error.__context__


def test_the_chain_of_a_failed_list_holds_no_number() -> None:
    client = Client(ACCOUNT_SID, AUTH_TOKEN, base_url="http://127.0.0.1:9", config=FAST)

    with client, pytest.raises(ConnectionFailedError) as failed:
        list(client.messages.list(to=RECIPIENT))

    told = "".join(traceback.format_exception(failed.value))
    assert RECIPIENT[1:] not in told


def test_the_environments_proxy_and_netrc_are_not_read(
    faulty: FaultyTwilio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login stranger password stolen\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=faulty.url, config=FAST) as client:
        error = send(client)

    assert error is None
    (request,) = faulty.folder.iterdir()
    assert "stolen" not in request.read_text()


def test_many_threads_share_one_client_without_crossing_answers(faulty: FaultyTwilio) -> None:
    failures: list[TwilioError] = []
    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=faulty.url, config=PLAIN) as client:

        def work() -> None:
            failures.extend(error for _ in range(20) if (error := send(client)) is not None)

        threads = [Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert failures == []
    assert faulty.processed() == 160


@pytest.mark.parametrize(("idle_seconds", "connections"), [(15.0, 1), (1e-9, 2)], ids=["used again", "opened anew"])
def test_a_kept_connection_is_used_again_unless_it_was_idle_for_too_long(
    faulty: FaultyTwilio, idle_seconds: float, connections: int
) -> None:
    config = Config(timeouts=Timeouts(idle_seconds=idle_seconds), rate_limits=UNLIMITED)

    with Client(ACCOUNT_SID, AUTH_TOKEN, base_url=faulty.url, config=config) as client:
        assert send(client) is None
        assert send(client) is None

    assert faulty.processed() == 2
    assert len({request.suffix for request in faulty.folder.iterdir()}) == connections
