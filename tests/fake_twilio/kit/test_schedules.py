"""The orders in which callbacks may come, counted once more without the code that makes them."""

from itertools import permutations, product

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.kit.schedules import DELIVERED, Course, Schedule, Space

SENT, DONE = DELIVERED
Letters = tuple[tuple[int, str], ...]


def orders(bags: list[tuple[str, ...]]) -> set[Letters]:
    """Return all orders of what arrives: of each message one bag of letters, all shaken together."""
    labelled = [(message, letter) for message, bag in enumerate(bags) for letter in bag]
    return set(permutations(labelled))


def without_early(order: Letters, early: tuple[bool, ...]) -> Letters:
    """Return the order with the first of each early message moved to its front, where its request is answered."""
    firsts = [next(one for one in order if one[0] == message) for message, is_early in enumerate(early) if is_early]
    rest = list(order)
    for first in firsts:
        rest.remove(first)
    return (*firsts, *rest)


def counted(messages: int, bags: list[tuple[str, ...]], *, is_early_possible: bool) -> int:
    """Count by trying: every choice of bags, every order, every choice of early messages; equal ones are one."""
    early_choices = list(product((False, True) if is_early_possible else (False,), repeat=messages))
    return len(
        {
            (early, without_early(order, early))
            for chosen in product(bags, repeat=messages)
            for order in orders(list(chosen))
            for early in early_choices
        }
    )


ONCE = [("s", "d")]
TWICE = [("s", "d"), ("s", "s", "d"), ("s", "d", "d")]


@pytest.mark.parametrize(("messages", "size"), [(1, 2), (2, 24), (3, 720)])
def test_callbacks_that_come_once_come_in_every_order(messages: int, size: int) -> None:
    space = Space(messages=messages, duplicates=False, before_response=False)

    found = list(space.schedules())

    assert len(found) == len(set(found)) == space.size() == size
    assert size == counted(messages, ONCE, is_early_possible=False)


@pytest.mark.parametrize("is_early", [False, True])
@pytest.mark.parametrize("messages", [1, 2])
def test_with_duplicates_and_early_ones_there_are_as_many_as_trying_finds(messages: int, is_early: bool) -> None:
    space = Space(messages=messages, before_response=is_early)

    found = list(space.schedules())

    assert len(found) == len(set(found)) == space.size()
    assert len(found) == counted(messages, TWICE, is_early_possible=is_early)


@pytest.mark.parametrize(("messages", "size"), [(1, 16), (2, 31), (3, 46)])
def test_with_messages_apart_one_is_out_of_line_at_a_time(messages: int, size: int) -> None:
    found = list(Space(messages=messages, across_messages=False).schedules())

    assert len(set(found)) == len(found) == Space(messages=messages, across_messages=False).size() == size
    assert all(sum(course.wildness > 0 for course in schedule.courses) < 2 for schedule in found)
    assert all(schedule.is_one_after_the_other for schedule in found)


def test_the_plain_one_comes_first_and_none_is_followed_by_a_plainer_one() -> None:
    courses = Space().courses()

    assert courses[0] == Course(DELIVERED, (SENT, DONE))
    assert [course.wildness for course in courses] == sorted(course.wildness for course in courses)
    assert next(Space(messages=3).schedules()) == Schedule((courses[0],) * 3, (0, 0, 1, 1, 2, 2))


def test_the_first_of_a_space_too_large_to_list_is_there_at_once() -> None:
    space = Space(messages=12)

    assert next(space.schedules()).courses[11].arrivals == DELIVERED
    assert space.size() > 10**20


def test_a_lost_callback_is_asked_for() -> None:
    apart = {course.arrivals for course in Space(duplicates=False, drops=True, before_response=False).courses()}

    assert apart == {(SENT, DONE), (DONE, SENT), (SENT,), (DONE,)}


def test_a_life_of_one_status_may_lose_all_it_has() -> None:
    space = Space(messages=1, lives=((Status.FAILED,),), duplicates=False, drops=True)

    assert [course.arrivals for course in space.courses()] == [(Status.FAILED,), (Status.FAILED,), ()]
    assert [course.dropped for course in space.courses()] == [(), (), (Status.FAILED,)]


def test_several_lives_are_tried_in_all_their_orders() -> None:
    lives = (DELIVERED, (Status.SENT, Status.UNDELIVERED))
    space = Space(messages=2, lives=lives, duplicates=False, before_response=False)

    assert len(set(space.schedules())) == space.size() == 4 * 24


@pytest.mark.parametrize(
    ("arrivals", "is_early", "wildness"),
    [
        ((SENT, DONE), False, 0),
        ((DONE, SENT), False, 1),
        ((SENT, SENT, DONE), False, 1),
        ((SENT, DONE), True, 1),
        ((DONE,), False, 1),
        ((DONE, DONE, SENT), True, 4),
    ],
)
def test_what_is_further_from_plain_is_wilder(arrivals: tuple[Status, ...], is_early: bool, wildness: int) -> None:
    assert Course(DELIVERED, arrivals, is_early).wildness == wildness
