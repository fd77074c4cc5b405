"""Callbacks are counted once, found at once, and forgotten when there are too many."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.callback_book import CallbackBook
from fake_twilio.timing.clock import monotonic

SIDS = [f"SM{number:032x}" for number in range(40)]


class Hand:
    """A monotonic clock that is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_comes_again_is_a_repeat() -> None:
    book = CallbackBook(monotonic)

    for status in ("sent", "sent", "delivered", "sent"):
        book.note(SIDS[0], status)

    assert book.counts() == (4, 2, {"delivered": 1, "sent": 1}, 0)


def test_an_arrival_is_told_by_how_long_ago_it_came_first() -> None:
    hand = Hand()
    book = CallbackBook(hand)
    book.note(SIDS[0], "sent")
    hand.now = 2.5
    book.note(SIDS[0], "sent")
    hand.now = 3.0

    assert book.wait_for(SIDS[0], "sent", 0) == (3.0, 2)


def test_who_waits_is_woken_by_what_it_waits_for_alone() -> None:
    book, found, begun = CallbackBook(monotonic), [], Event()

    def wait() -> None:
        begun.set()
        found.append(book.wait_for(SIDS[0], "delivered", 30))

    waiting = Thread(target=wait)
    waiting.start()
    begun.wait(5)
    book.note(SIDS[0], "sent")
    book.note(SIDS[1], "delivered")
    book.note(SIDS[0], "delivered")
    waiting.join(5)

    assert not waiting.is_alive()
    assert [arrival.times for arrival in found] == [1]


def test_who_waited_in_vain_leaves_nothing_behind() -> None:
    book = CallbackBook(monotonic)

    assert book.wait_for(SIDS[0], "delivered", 0.0) is None
    assert book._awaited == {}


def test_two_may_wait_for_the_same() -> None:
    book = CallbackBook(monotonic)
    with ThreadPoolExecutor(2) as waiting:
        both = [waiting.submit(book.wait_for, SIDS[0], "sent", 30) for _ in range(2)]
        book.note(SIDS[0], "sent")

        assert [each.result(5).times for each in both] == [1, 1]
    assert book._awaited == {}


@pytest.mark.parametrize(("most", "forgotten"), [(40, 0), (39, 1), (1, 39)])
def test_the_oldest_make_room_and_the_counts_say_so(most: int, forgotten: int) -> None:
    book = CallbackBook(monotonic, most)

    for sid in SIDS:
        book.note(sid, "sent")

    assert book.counts().forgotten == forgotten
    assert book.counts().by_status == {"sent": 40}
    assert (book.wait_for(SIDS[0], "sent", 0) is None) is bool(forgotten)
    assert book.wait_for(SIDS[-1], "sent", 0)


@given(st.lists(st.tuples(st.sampled_from(SIDS), st.sampled_from(["sent", "delivered"]))))
def test_all_that_came_is_counted_and_each_once(came: list[tuple[str, str]]) -> None:
    book = CallbackBook(monotonic)

    for sid, status in came:
        book.note(sid, status)

    counts = book.counts()
    assert counts.callbacks == len(came)
    assert counts.by_status == {
        status: len({sid for sid, each in came if each == status}) for status in sorted({each for _, each in came})
    }
    assert counts.repeats == len(came) - len(set(came))


def test_none_is_lost_among_threads() -> None:
    book = CallbackBook(monotonic)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: book.note(SIDS[number % 40], "sent"), range(4000)))

    assert book.counts() == (4000, 3960, {"sent": 40}, 0)
