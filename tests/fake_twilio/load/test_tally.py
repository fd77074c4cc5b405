import json
import math
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.tally import Tally

NAMES = st.sampled_from(["send", "delivered", "errors"])
SEEN = st.lists(st.tuples(NAMES, st.floats(0, 10)), max_size=30)


def of(seen: list[tuple[str, float]]) -> Tally:
    made = Tally()
    for name, seconds in seen:
        made.record(name, seconds)
        made.count(name, 2)
    return made


@given(st.lists(SEEN, max_size=5))
def test_what_workers_send_adds_up_to_what_one_would_have_seen(shares: list[list[tuple[str, float]]]) -> None:
    master = Tally()
    for share in shares:
        master.absorb(json.loads(json.dumps(of(share).to_tree())))

    assert master.to_tree() == of([each for share in shares for each in share]).to_tree()


@given(SEEN, SEEN)
def test_a_share_is_given_once_and_what_comes_later_next(first: list[Any], second: list[Any]) -> None:
    worker, master = of(first), Tally()

    master.absorb(worker.empty())
    for name, seconds in second:
        worker.record(name, seconds)
        worker.count(name, 2)
    master.absorb(worker.empty())
    master.absorb(worker.empty())

    assert master.to_tree() == of([*first, *second]).to_tree()


def test_nothing_is_lost_between_threads_while_somebody_empties() -> None:
    worker, master = Tally(), Tally()
    threads = [Thread(target=lambda: [worker.record("send", 0.1) for _ in range(2000)]) for _ in range(4)]

    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        master.absorb(worker.empty())
    master.absorb(worker.empty())

    assert master.histogram("send").count == 8000


def test_a_histogram_is_handed_out_as_a_copy() -> None:
    tally = of([("send", 0.1)])

    tally.histogram("send").record(5.0)

    assert tally.histogram("send").max == 0.1
    assert tally.histogram("nothing").count == 0
    assert tally.measures == ("send",)


def test_counts_are_told_by_name() -> None:
    tally = of([("send", 0.1), ("errors", 0.2)])

    assert (tally.counted("errors"), tally.counted("nothing")) == (2, 0)
    assert list(tally.counts.items()) == [("errors", 2), ("send", 2)]


def test_what_was_refused_was_not_measured() -> None:
    worker, master = of([("send", 0.1)]), Tally()
    with pytest.raises(ValueError, match="a duration must be 0 s or more"):
        worker.record("delivered", -1)

    master.absorb(worker.to_tree())

    assert (worker.measures, master.measures) == (("send",), ("send",))


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"histograms": [], "counts": {}},
        {"histograms": {"send": {}}, "counts": {"send": 1}},
        {"histograms": {}, "counts": {"send": None}},
        {"histograms": {}, "counts": {"send": "many"}},
        {"histograms": {}, "counts": {"send": math.inf}},
    ],
)
def test_what_is_no_tree_adds_nothing(tree: dict[str, Any]) -> None:
    tally = of([("send", 0.1)])

    with pytest.raises(ValueError, match=r"tree|invalid literal"):
        tally.absorb(tree)

    assert tally.to_tree() == of([("send", 0.1)]).to_tree()
