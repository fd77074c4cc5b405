"""A part is made once for all who ask, however they come."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from twilio_sms.first_use import FirstUse


def test_nothing_is_made_before_somebody_asks():
    made: list[object] = []

    FirstUse(lambda: made.append(object()), made.append)

    assert made == []


def test_all_get_the_same():
    kept: list[object] = []
    part = FirstUse(object, kept.append)

    assert part.get() is part.get()
    assert kept == [part.get()]


def test_a_part_that_is_empty_is_kept_too():
    part = FirstUse(list, lambda _part: None)

    assert part.get() is part.get()


def test_of_two_who_come_at_once_both_get_one():
    both_make = Barrier(2)
    kept: list[object] = []

    def make() -> object:
        both_make.wait(10)
        return object()

    part = FirstUse(make, kept.append)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: part.get(), range(2))

    assert first is second
    assert kept == [first]
