"""Tests of how many may be under way at a time."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.delivery.lanes import Lanes


def test_who_comes_when_a_lane_is_full_waits_for_a_turn() -> None:
    lanes: Lanes[str] = Lanes(2)

    assert [lanes.enter("a", name) for name in ("1", "2", "3", "4")] == [True, True, False, False]
    assert [lanes.leave("a") for _ in range(4)] == ["3", "4", None, None]
    assert lanes.enter("a", "5")


def test_lanes_do_not_hold_each_other_up() -> None:
    lanes: Lanes[str] = Lanes(1)

    assert [lanes.enter(name, name) for name in ("a", "b", "a")] == [True, True, False]


@given(st.lists(st.sampled_from("abc"), max_size=60), st.integers(1, 4))
def test_each_has_one_turn_in_the_order_of_its_lane_and_no_lane_is_too_full(names: list[str], width: int) -> None:
    lanes: Lanes[tuple[str, int]] = Lanes(width)
    things = [(name, number) for number, name in enumerate(names)]
    busy = [thing for thing in things if lanes.enter(thing[0], thing)]
    done: list[tuple[str, int]] = []

    while busy:
        assert all(sum(name == lane for name, _ in busy) <= width for lane in "abc")
        done.append(busy.pop(0))
        following = lanes.leave(done[-1][0])
        busy += [following] if following is not None else []

    for lane in "abc":
        assert [thing for thing in done if thing[0] == lane] == [thing for thing in things if thing[0] == lane]
