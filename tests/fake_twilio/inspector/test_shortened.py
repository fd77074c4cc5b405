"""Tests of long lists that are made short."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.inspector.shortened import MOST_ROWS, shortened


def test_a_short_list_stays_whole() -> None:
    assert shortened([3, 1, 2], weight=float) == ([3, 1, 2], 0)
    assert shortened([]) == ([], 0)


def test_what_weighs_most_stays_in_its_order_and_the_rest_is_counted() -> None:
    assert shortened([0, 7, 1, 9], weight=float, most=2) == ([7, 9], 2)


def test_without_weights_the_first_ones_stay() -> None:
    assert shortened(range(1_000)) == (list(range(MOST_ROWS)), 1_000 - MOST_ROWS)


@given(st.lists(st.integers(0, 5)), st.integers(1, 10))
def test_nothing_that_is_left_out_weighs_more_than_what_stays(rows: list[int], most: int) -> None:
    placed = list(enumerate(rows))

    short = shortened(placed, weight=lambda row: row[1], most=most)

    out = [row for row in placed if row not in short.rows]
    assert short.rows == sorted(short.rows)
    assert len(short.rows) == min(most, len(rows))
    assert short.left == len(out)
    assert all((-one[1], one[0]) > (-kept[1], kept[0]) for one in out for kept in short.rows)
