"""From many things to a smallest part that still breaks."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.shrinking.smallest import smallest


@given(st.integers(1, 40), st.data())
def test_what_is_needed_is_found_and_nothing_else(count: int, data: st.DataObject) -> None:
    things = list(range(count))
    needed = data.draw(st.sets(st.sampled_from(things), min_size=1))

    assert smallest(things, lambda kept: needed <= set(kept)) == sorted(needed)


@given(st.lists(st.sets(st.integers(0, 12), min_size=1), min_size=1, max_size=4))
def test_of_several_reasons_one_is_left_whole(reasons: list[set[int]]) -> None:
    def breaks(kept: list[int]) -> bool:
        return any(reason <= set(kept) for reason in reasons)

    left = smallest(range(13), breaks)

    assert breaks(left)
    assert not any(breaks([thing for thing in left if thing != one]) for one in left)


def test_one_of_twenty_is_found_in_few_tries() -> None:
    tried: list[list[int]] = []

    def breaks(kept: list[int]) -> bool:
        tried.append(kept)
        return 13 in kept

    assert smallest(range(20), breaks) == [13]
    assert len(tried) <= 12


def test_of_nothing_nothing_is_needed() -> None:
    assert smallest([], lambda _kept: True) == []
