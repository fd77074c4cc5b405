"""Tests of an order from which some are gone."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.records.order import Order


@given(st.sets(st.integers(0, 40)), st.data())
def test_the_living_are_seen_from_both_ends_and_from_any_place(ordinals: set[int], data: st.DataObject) -> None:
    living = set(ordinals)
    order = Order(living)
    for ordinal in data.draw(st.permutations(sorted(ordinals))):
        order.add(ordinal)

    for ordinal in data.draw(st.sets(st.sampled_from(sorted(ordinals)))) if ordinals else ():
        living.remove(ordinal)
        order.bury()

    place = data.draw(st.integers(-1, 41))
    assert list(order.ascending()) == list(order.descending())[::-1] == sorted(living)
    assert list(order.ascending(place)) == sorted(one for one in living if one > place)
    assert list(order.descending(place))[::-1] == sorted(one for one in living if one < place)
    assert len(order) == len(living)
