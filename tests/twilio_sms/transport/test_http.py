"""The real wire: what its phases prove, what it leaves alone, and how it keeps answers apart."""

import os
import re
import signal
import socket
import subprocess
import sys
import traceback
from pathlib import Path
from threading import Thread

import pytest

from tests.doubles import AUTH_TOKEN, RECIPIENT
from tests.faulty_twilio import CERTIFICATE, FaultyTwilio
from tests.parts import PLAIN, UNLIMITED
from tests.wire_clients import BODY, FAST, client_at, send
from twilio_sms import AcceptedWithoutSidError, Config, Timeouts, TwilioError
from twilio_sms.errors import ConnectionFailedError
from twilio_sms.transport.http import HttpTransport
from twilio_sms.transport.wire import LostAnswer, Request
from twilio_sms.verdict import Phase, Verdict

TESTS = Path(__file__).parents[2]


def test_a_refused_connection_proves_that_nothing_was_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = client_at(f"http://127.0.0.1:{taken.getsockname()[1]}")

        error = send(client)

    assert isinstance(error, ConnectionFailedError)
    assert error.phase is Phase.OPENING


def test_a_connect_that_hangs_proves_that_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        client = client_at(f"http://127.0.0.1:{full.getsockname()[1]}", FAST)

        error = send(client)

        for each in waiting:
            each.close()
    assert error is not None
    assert error.verdict is Verdict.NOT_SENT


def test_a_host_that_is_no_name_proves_that_nothing_was_sent() -> None:
    client = client_at(f"http://{'a' * 70}.example")

    error = send(client)

    assert error is not None
    assert error.verdict is Verdict.NOT_SENT


def test_a_slow_drip_ends_at_the_total_deadline(faulty: FaultyTwilio) -> None:
    transport = HttpTransport()
    faulty.arm("status line drips")
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
        with client_at(faulty.url, PLAIN) as client:
            failed = send(client)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert failed is not None
    assert failed.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_send_that_is_interrupted_anywhere_is_never_taken_for_unsent(twilios, scheme: str) -> None:
    twilio = twilios.get(scheme)
    command = [sys.executable, str(TESTS / "interrupted_sender.py"), twilio.url, "300", CERTIFICATE]

    # Not under coverage: its own lock would be one of the things that an interruption leaves held.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}

    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=50, env=environ)

    processed = b"".join(held.text for held in twilio.held()).decode()
    sent = re.findall(r"number-\d+-", processed)
    unsent = done.stdout.split()
    assert set(sent) & set(unsent) == set()
    assert len(sent) == len(set(sent))
    assert sent
    assert unsent


def test_an_answer_is_kept_from_the_request_after_the_one_it_was_for(faulty: FaultyTwilio) -> None:
    with client_at(faulty.url, FAST) as client:
        faulty.arm("body hangs")
        lost = send(client)

        found = send(client)

    assert isinstance(lost, AcceptedWithoutSidError)
    assert found is None
    assert faulty.processed() == 2


def test_the_chain_of_an_error_holds_neither_secret_nor_body(faulty: FaultyTwilio) -> None:
    with client_at(faulty.url) as client:
        faulty.arm("reset after the request")
        error: BaseException | None = send(client)

    while error is not None:
        assert getattr(error, "request", None) is None
        assert BODY not in repr(vars(error)) + repr(error)
        assert AUTH_TOKEN not in repr(vars(error)) + repr(error)
        error = error.__cause__ or error.__context__


def test_the_chain_of_a_failed_list_holds_no_number() -> None:
    client = client_at("http://127.0.0.1:9")

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

    with client_at(faulty.url) as client:
        error = send(client)

    assert error is None
    (held,) = faulty.held()
    assert b"stolen" not in held.text


def test_many_threads_share_one_client_without_crossing_answers(faulty: FaultyTwilio) -> None:
    failures: list[TwilioError] = []
    with client_at(faulty.url, PLAIN) as client:

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

    with client_at(faulty.url, config) as client:
        assert send(client) is None
        assert send(client) is None

    assert faulty.processed() == 2
    assert len({held.port for held in faulty.held()}) == connections
