from queue import Queue
from threading import Thread, Timer
from types import SimpleNamespace
from typing import Any

import pytest

from fake_twilio.load.gathering import FINISH, KEY, REST, MasterSide, WorkerSide
from fake_twilio.load.tally import Tally
from tests.fake_twilio.load.doubles import Environment, Runner


class Load:
    """A master and its workers, joined by a wire that loses nothing; who is silent answers nothing at the end."""

    def __init__(self, *names: str, silent: tuple[str, ...] = ()) -> None:
        self.total = Tally()
        self.runner = Runner(*names)
        self.refusals: Queue[str] = Queue()
        self.master = MasterSide(self.runner, self.total, self.refusals.put)
        self.tallies = {name: Tally() for name in names}
        self.workers = {name: Runner() for name in names}
        self.sides = {name: WorkerSide(self.workers[name], self.tallies[name]) for name in names}
        self.runner.on_send = lambda _: [self._end(name) for name in names if name not in silent]

    def report(self, name: str) -> None:
        """Have Locust report what a worker saw."""
        data: dict[str, Any] = {}
        self.sides[name].report(client_id=name, data=data)
        self.master.take(client_id=name, data=data)

    def _end(self, name: str) -> None:
        runner = self.workers[name]
        runner.listeners[FINISH](environment=Environment(), msg=None)
        self.carry(name)

    def carry(self, name: str) -> None:
        """Bring the last message of a worker to the master."""
        kind, data = self.workers[name].sent[-1]
        self.runner.listeners[kind](environment=Environment(), msg=SimpleNamespace(node_id=name, data=data))


def see(load: Load, name: str, times: int) -> None:
    for _ in range(times):
        load.tallies[name].record("send", 0.1)


def test_what_workers_saw_is_counted_once_whenever_it_came() -> None:
    load = Load("a", "b")

    see(load, "a", 3)
    load.report("a")
    load.report("a")
    see(load, "a", 4)
    see(load, "b", 5)
    load.master.finish(patience_seconds=0)

    assert load.total.histogram("send").count == 12
    assert (load.master.workers, load.master.missing) == (2, 0)


def test_a_worker_ends_its_users_before_it_sends_what_is_left() -> None:
    load = Load("a")

    load.master.finish(patience_seconds=0)

    assert load.runner.sent == [(FINISH, None)]
    assert load.workers["a"].done == ["stop"]
    assert [kind for kind, _ in load.workers["a"].sent] == [REST]


def test_a_worker_that_quits_begins_no_users_of_others() -> None:
    load = Load("a")
    runner = load.workers["a"]
    heard: list[float] = []
    runner.on_stop = lambda: heard.append(runner.last_received_spawn_timestamp)  # orders come while users end

    load.sides["a"].quit()

    assert heard == [float("inf")]
    assert [kind for kind, _ in runner.sent] == [REST]


def test_a_worker_may_take_part_in_the_next_load() -> None:
    load = Load("a")

    load.master.finish(patience_seconds=0)

    assert load.workers["a"].last_received_spawn_timestamp == 0


def test_who_takes_a_while_is_waited_for() -> None:
    load = Load("a")
    load.runner.on_send = lambda _: Timer(0.05, load._end, args=("a",)).start()

    load.master.finish(patience_seconds=30)

    assert load.master.missing == 0


def test_who_does_not_answer_is_missing() -> None:
    load = Load("a", "b", silent=("b",))

    see(load, "b", 1)
    load.report("b")
    see(load, "b", 1)
    load.master.finish(patience_seconds=0.01)

    assert load.total.histogram("send").count == 1
    assert (load.master.workers, load.master.missing) == (2, 1)


def test_who_left_before_the_end_is_not_missing_if_all_was_sent() -> None:
    load = Load("a", "b")
    see(load, "b", 2)

    load._end("b")
    load.runner.clients.all.pop()
    load.runner.on_send = lambda _: load._end("a")
    load.master.finish(patience_seconds=0)

    assert load.total.histogram("send").count == 2
    assert (load.master.workers, load.master.missing) == (2, 0)


def test_who_vanished_is_missing_without_being_waited_for() -> None:
    load = Load("a", "b")
    load.report("b")
    load.runner.clients.all.pop()
    load.runner.on_send = lambda _: load._end("a")

    load.master.finish(patience_seconds=60)

    assert load.master.missing == 1


def test_who_is_heard_of_no_more_is_missing_without_being_waited_for() -> None:
    load = Load("a", "b", silent=("b",))
    load.runner.clients.all[1].state = "missing"
    ended = Thread(target=load.master.finish, args=(60,), daemon=True)

    ended.start()
    ended.join(10)

    assert not ended.is_alive()
    assert load.master.missing == 1


def test_a_report_that_got_lost_is_missed() -> None:
    load = Load("a", "b")

    for name in ("a", "b"):
        see(load, name, 3)
        load.report(name)
    see(load, "b", 5)
    load.sides["b"].report(data={})  # Locust could not send it
    load.master.finish(patience_seconds=0)

    assert load.total.histogram("send").count == 6  # a sum like any other: it does not tell that it lacks five
    assert load.master.missing == 1


def test_a_share_that_comes_twice_is_found_out() -> None:
    load = Load("a")
    data: dict[str, Any] = {}
    load.sides["a"].report(data=data)

    load.master.take(client_id="a", data=data)
    load.master.take(client_id="a", data=data)
    load.master.finish(patience_seconds=0)

    assert load.master.missing == 1


def test_numbers_go_on_from_load_to_load() -> None:
    load = Load("a")
    load.report("a")

    for _ in range(2):
        load.master.begin()
        load.report("a")
        load.master.finish(patience_seconds=0)

        assert load.master.missing == 0


@pytest.mark.parametrize(
    "share",
    [
        {"tally": {"histograms": 1, "counts": {}}, "number": 1},
        {"tally": Tally().to_tree(), "number": None},
        {"tally": Tally().to_tree(), "number": float("inf")},
        {},
        1,
    ],
)
def test_a_share_of_another_version_is_missing(share: Any) -> None:
    load = Load("a")

    load.master.take(client_id="a", data={KEY: share})
    load.master.finish(patience_seconds=0)

    assert load.master.missing == 1


def test_a_report_of_somebody_elses_worker_is_left_alone() -> None:
    load = Load()

    load.master.take(client_id="z", data={"stats": []})

    assert (load.master.workers, load.master.missing) == (0, 0)


def test_a_worker_that_takes_no_part_is_told_and_not_waited_for() -> None:
    load = Load("a", "b", silent=("b",))

    load.sides["b"].refuse("load: not me")
    load.carry("b")
    load.master.finish(patience_seconds=60)

    assert load.refusals.get(timeout=10) == "load: not me"
    assert load.master.missing == 1


def test_another_load_begins_with_nobody() -> None:
    load = Load("a", silent=("a",))
    load.master.finish(patience_seconds=0)

    load.master.begin()

    assert (load.master.workers, load.master.missing) == (0, 0)
