"""What faults hold up: a stop, places and clocks do not wait for who is kept waiting."""

from contextlib import ExitStack

import pytest

from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.timing.activity import Activity, CountedRequests
from fake_twilio.timing.clock import monotonic
from fake_twilio.wire.http_connection import Limits
from tests.fake_twilio.doubles import PATIENCE_SECONDS
from tests.fake_twilio.wire.wires import (
    AT_ONCE,
    BODY,
    POST,
    SOON,
    Faulty,
    connect,
    read_all,
    read_answer,
    serving,
    wait_for_stalled,
)


@pytest.mark.parametrize(
    "fault",
    [Fault(kind=Break.HANG), Fault(latency_seconds=60.0), Fault(drip_seconds=60.0)],
    ids=["hang", "latency", "drip"],
)
def test_a_stop_ends_what_a_fault_keeps_waiting(fault: Fault) -> None:
    app = Faulty([fault] * 20)
    with ExitStack() as stack:
        server = stack.enter_context(serving(app))
        wires = [stack.enter_context(connect(server)) for _ in range(20)]
        for wire in wires:
            wire.sendall(POST)
        wait_for_stalled(server, 20)
        begun = monotonic()

        server.stop(PATIENCE_SECONDS)

        assert monotonic() - begun < AT_ONCE
        assert all(BODY not in read_all(wire) for wire in wires)
        assert not server._open


def test_a_fault_that_begins_during_a_stop_does_not_last() -> None:
    app = Faulty([Fault(kind=Break.HANG)])
    with serving(app) as server, connect(server) as wire:
        server._is_stopping = True
        wire.sendall(POST)

        assert read_all(wire) == b""
        server._is_stopping = False


def test_two_hundred_that_hang_leave_the_others_alone() -> None:
    app = Faulty([Fault(kind=Break.HANG)] * 200)
    with ExitStack() as stack:
        server = stack.enter_context(serving(app))
        for _ in range(200):
            stack.enter_context(connect(server)).sendall(POST)
        wait_for_stalled(server, 200)
        begun = monotonic()
        for _ in range(100):
            with connect(server) as good:
                good.sendall(POST)
                assert read_answer(good)

        assert monotonic() - begun < PATIENCE_SECONDS
        assert app.requests == 300


def test_one_that_hangs_is_not_pushed_out() -> None:
    app = Faulty([Fault(kind=Break.HANG)])
    with serving(app, Limits(connections=1)) as server, connect(server) as hanging:
        hanging.sendall(POST)
        wait_for_stalled(server, 1)
        with connect(server) as another:
            assert read_all(another).startswith(b"HTTP/1.1 503 ")

        hanging.settimeout(0.01)
        with pytest.raises(TimeoutError):
            hanging.recv(1)


def test_an_instant_clock_does_not_wait_for_who_is_kept_waiting() -> None:
    activity = Activity(monotonic)
    app = Faulty([Fault(latency_seconds=60.0)])
    with serving(CountedRequests(app, lambda: activity)) as server, connect(server) as wire:
        wire.sendall(POST)
        wait_for_stalled(server, 1)

        with activity.stillness(0.0, PATIENCE_SECONDS) as is_still:
            assert is_still


def test_one_that_was_kept_waiting_is_one_of_many_afterwards() -> None:
    app = Faulty([Fault(latency_seconds=SOON)])
    with serving(app, Limits(connections=1)) as server, connect(server) as wire:
        wire.sendall(POST)
        wait_for_stalled(server, 1)
        read_answer(wire)
        wait_for_stalled(server, 0)

        with connect(server) as another:
            another.sendall(POST)
            assert read_answer(another)
        assert read_all(wire) == b""
