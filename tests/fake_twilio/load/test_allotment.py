from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.allotment import Allotment, parse_messages, parts_of
from fake_twilio.load.errors import LoadError


class Told:
    """Counts how often it was told."""

    times = 0

    def __call__(self) -> None:
        self.times += 1


def test_without_a_limit_all_may_be_begun() -> None:
    assert [Allotment().take(most) for most in (1, 50, 10_000_000)] == [1, 50, 10_000_000]


@given(st.integers(0, 200), st.lists(st.integers(1, 60), max_size=12))
def test_as_many_are_taken_as_there_are_and_the_last_is_told_once(messages: int, wanted: list[int]) -> None:
    allotment, told = Allotment(), Told()

    allotment.limit_to(messages, told)
    taken = [allotment.take(most) for most in wanted]

    assert sum(taken) == min(messages, sum(wanted))
    assert told.times == (sum(taken) == messages)


def test_no_two_users_take_the_same_one() -> None:
    allotment, told = Allotment(), Told()
    allotment.limit_to(1000, told)

    with ThreadPoolExecutor(8) as users:
        taken = list(users.map(lambda _: allotment.take(1), range(1500)))

    assert (sum(taken), told.times) == (1000, 1)


def test_it_is_told_when_more_can_be_asked() -> None:
    allotment, left = Allotment(), []

    allotment.limit_to(2, lambda: left.append(allotment.take(1)))
    allotment.take(2)

    assert left == [0]


def test_another_load_has_messages_of_its_own() -> None:
    allotment, told = Allotment(), Told()
    for _ in range(2):
        allotment.limit_to(3, told)

        assert allotment.take(5) == 3

    assert told.times == 2


@given(st.integers(1, 10_000), st.integers(1, 80))
def test_parts_are_all_of_it_and_as_even_as_can_be(messages: int, workers: int) -> None:
    parts = parts_of(messages, workers)

    assert (len(parts), sum(parts)) == (workers, messages)
    assert max(parts) - min(parts) <= 1


@pytest.mark.parametrize(("text", "messages"), [("1", 1), ("400", 400), ("999999999", 999_999_999)])
def test_a_number_of_messages_is_read(text: str, messages: int) -> None:
    assert parse_messages(text) == messages


@pytest.mark.parametrize("text", ["0", "-1", "", "1.5", "1e3", "\u0661", " 1", "1000000000", "9" * 5000])
def test_what_is_no_number_of_messages_is_refused(text: str) -> None:
    with pytest.raises(LoadError, match="--messages must be a whole number above 0"):
        parse_messages(text)
