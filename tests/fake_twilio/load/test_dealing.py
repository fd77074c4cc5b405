from types import SimpleNamespace

import pytest

from fake_twilio.load.allotment import Allotment
from fake_twilio.load.dealing import DEAL, SPENT, Dealer, Dealt
from fake_twilio.load.errors import LoadError
from tests.fake_twilio.load.doubles import Environment, Runner


class Load:
    """A master that deals to its workers, joined by a wire that loses nothing."""

    def __init__(self, *names: str, users: int = 8) -> None:
        self.runner = Runner(*names)
        self.runner.target_user_count = users
        self.times_spent = 0
        self.dealer = Dealer(self.runner, self._spend)
        self.allotments = {name: Allotment() for name in names}
        self.workers = {name: Runner() for name in names}
        for name in names:
            Dealt(self.workers[name], self.allotments[name])

    def deal(self, messages: int) -> None:
        self.dealer.deal(messages)
        for (kind, data), to in zip(self.runner.sent, self.runner.sent_to, strict=True):
            assert to is not None
            self.workers[to].on_send = lambda kind, name=to: self._carry(kind, name)  # type: ignore[misc] # bound here
            self.workers[to].listeners[kind](environment=Environment(), msg=SimpleNamespace(data=data))

    def _carry(self, kind: str, name: str) -> None:
        self.runner.listeners[kind](environment=Environment(), msg=SimpleNamespace(node_id=name, data=None))

    def _spend(self) -> None:
        self.times_spent += 1


def test_each_worker_is_told_its_part_and_no_more_are_taken() -> None:
    load = Load("a", "b", "c")

    load.deal(101)

    taken = [load.allotments[name].take(1000) for name in ("a", "b", "c")]
    assert sum(taken) == 101
    assert set(load.runner.sent_to) == {"a", "b", "c"}
    assert {kind for kind, _ in load.runner.sent} == {DEAL}


def test_all_are_begun_once_the_last_worker_says_so() -> None:
    load = Load("a", "b")
    load.deal(10)

    load.allotments["a"].take(5)
    before = load.times_spent
    load.allotments["b"].take(5)

    assert (before, load.times_spent) == (0, 1)
    assert load.workers["a"].sent == [(SPENT, None)]


def test_a_worker_that_is_dealt_nothing_is_not_waited_for() -> None:
    load = Load("a", "b")
    load.deal(1)

    load.allotments["a"].take(1)

    assert load.times_spent == 1


@pytest.mark.parametrize("is_gone", [True, False], ids=["gone", "missing"])
def test_a_worker_that_vanished_is_not_waited_for(is_gone: bool) -> None:
    load = Load("a", "b")
    load.deal(10)
    load.allotments["a"].take(5)

    if is_gone:
        load.runner.clients.all.pop()
    else:
        load.runner.clients.all[1].state = "missing"
    load.dealer.look(client_id="a", data={})
    load.dealer.look(client_id="a", data={})

    assert load.times_spent == 1


def test_a_worker_that_comes_later_is_neither_dealt_to_nor_waited_for() -> None:
    load = Load("a")
    load.deal(10)
    load.runner.clients.all.append(SimpleNamespace(id="b", state="ready"))

    load.allotments["a"].take(10)

    assert load.times_spent == 1


def test_looking_is_no_end_before_anything_was_dealt() -> None:
    load = Load("a")

    load.dealer.look(client_id="a", data={})

    assert load.times_spent == 0


def test_a_worker_without_users_could_not_send_its_part() -> None:
    load = Load("a", "b", "c", users=2)

    with pytest.raises(LoadError, match="dealt to 3 workers, and users are 2: raise -u"):
        load.deal(10)

    assert load.runner.sent == []
