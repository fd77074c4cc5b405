"""Tests of who is being answered, and of waiting until nobody is."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event as Signal
from typing import Any

import pytest

from fake_twilio.timing.activity import Activity, CountedRequests
from tests.fake_twilio.doubles import PATIENCE_SECONDS

A_WHILE = 0.05  # how long a test looks for what must not happen


class Scene:
    """An activity on a clock of its own, and a thread that waits for its stillness."""

    def __init__(self) -> None:
        self.now = 10.0
        self.activity = Activity(lambda: self.now)
        self.is_still = Signal()
        self.go = Signal()

    @contextmanager
    def waiting(self, quiet: float = 0.0, patience: float = 1000.0) -> Iterator[Future[bool]]:
        with ThreadPoolExecutor(1) as pool:
            try:
                yield pool.submit(self._wait, quiet, patience)
            finally:
                self.go.set()
                self.activity.close()

    def _wait(self, quiet: float, patience: float) -> bool:
        with self.activity.stillness(quiet, patience) as is_still:
            self.is_still.set()
            self.go.wait(PATIENCE_SECONDS)
            return is_still


def test_nobody_waits_when_nobody_works() -> None:
    with Activity(lambda: 0.0).stillness(0.0, 1.0) as is_still:
        assert is_still


@pytest.mark.parametrize("is_work", [True, False])
def test_it_is_not_still_while_a_request_is_answered(is_work: bool) -> None:
    scene = Scene()

    with scene.activity.request(is_work=is_work), scene.waiting():
        assert not scene.is_still.wait(A_WHILE)


def test_it_is_still_when_the_last_request_ends() -> None:
    scene = Scene()

    with ExitStack() as first, ExitStack() as second:
        first.enter_context(scene.activity.request(is_work=True))
        second.enter_context(scene.activity.request(is_work=True))
        with scene.waiting():
            first.close()
            assert not scene.is_still.wait(A_WHILE)
            second.close()
            assert scene.is_still.wait(PATIENCE_SECONDS)


def test_after_work_the_quiet_begins_anew() -> None:
    scene = Scene()
    with scene.activity.request(is_work=True):
        scene.now = 20.0

    scene.now = 20.3
    with scene.waiting(quiet=0.4):
        assert not scene.is_still.wait(A_WHILE)
        scene.now = 20.5
        assert scene.is_still.wait(PATIENCE_SECONDS)


def test_who_polls_does_not_hold_the_time_up() -> None:
    scene = Scene()
    scene.now = 20.0
    with scene.activity.request(is_work=False):
        scene.now = 20.3

    with scene.waiting(quiet=0.4):
        assert scene.is_still.wait(PATIENCE_SECONDS)


def test_work_elsewhere_can_be_noted() -> None:
    scene = Scene()
    scene.now = 20.0
    scene.activity.note_work()

    with scene.waiting(quiet=0.4):
        assert not scene.is_still.wait(A_WHILE)


def test_work_that_never_pauses_is_waited_for_only_so_long() -> None:
    scene = Scene()

    with scene.waiting(quiet=0.4, patience=1.0):
        for now in (10.3, 10.6, 10.9):
            scene.now = now
            scene.activity.note_work()
        assert not scene.is_still.wait(A_WHILE)
        scene.now = 11.0
        assert scene.is_still.wait(PATIENCE_SECONDS)


def test_a_request_that_comes_meanwhile_waits_until_the_stillness_is_over() -> None:
    scene, answered = Scene(), Signal()

    def ask() -> None:
        with scene.activity.request(is_work=True):
            answered.set()

    with scene.waiting(), ThreadPoolExecutor(1) as pool:
        assert scene.is_still.wait(PATIENCE_SECONDS)
        pool.submit(ask)
        assert not answered.wait(A_WHILE)
        scene.go.set()
        assert answered.wait(PATIENCE_SECONDS)


def test_who_waits_at_the_end_learns_that_nothing_comes() -> None:
    scene = Scene()

    with scene.activity.request(is_work=True), scene.waiting() as waiting:
        scene.go.set()
        scene.activity.close()
        assert waiting.result(PATIENCE_SECONDS) is False


@pytest.mark.parametrize(("method", "is_work"), [("GET", False), ("HEAD", False), ("POST", True), ("DELETE", True)])
def test_requests_are_counted_and_those_that_change_something_are_work(method: str, is_work: bool) -> None:
    scene = Scene()

    def application(_environ: dict[str, Any], _start_response: Any) -> list[bytes]:
        scene.now += 5
        return [b"x"]

    counted = CountedRequests(application, lambda: scene.activity)

    assert counted({"REQUEST_METHOD": method}, None) == [b"x"]
    with scene.waiting(quiet=1.0):
        assert scene.is_still.wait(A_WHILE if is_work else PATIENCE_SECONDS) is not is_work


def test_a_request_that_breaks_is_over_too() -> None:
    scene = Scene()

    def application(_environ: dict[str, Any], _start_response: Any) -> list[bytes]:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        CountedRequests(application, lambda: scene.activity)({"REQUEST_METHOD": "GET"}, None)

    with scene.waiting():
        assert scene.is_still.wait(PATIENCE_SECONDS)


def test_where_no_activity_is_watched_requests_go_straight_through() -> None:
    counted = CountedRequests(lambda environ, _start: [environ["REQUEST_METHOD"].encode()], lambda: None)

    assert list(counted({"REQUEST_METHOD": "GET"}, None)) == [b"GET"]
