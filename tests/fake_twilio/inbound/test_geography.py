"""Tests of where numbers are at home."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.inbound.inbound import Place
from fake_twilio.inbound.geography import NOWHERE, Geography

AMERICAN = st.integers(2_000_000_000, 9_999_999_999).map(lambda digits: f"+1{digits}")


@given(st.lists(AMERICAN, min_size=1, max_size=5), st.integers(0, 2**64))
def test_a_number_stays_where_it_is(numbers: list[str], seed: int) -> None:
    one, same = Geography(seed), Geography(seed)

    assert [one.place(number) for number in numbers] == [same.place(number) for number in numbers[::-1]][::-1]
    assert one.place(numbers[0]) == one.place(numbers[0])


def test_an_american_number_has_a_city_in_capitals_with_its_state() -> None:
    place = Geography(1).place("+14155550100")

    assert (place.city.isupper(), len(place.state), len(place.zip_code), place.country) == (True, 2, 5, "US")
    assert place != Geography(2).place("+14155550100")
    assert place != Geography(1).place("+14155550101")


def test_of_other_numbers_less_is_known() -> None:
    geography = Geography(1)

    assert geography.place("+442071838750") == Place(country="GB")
    assert geography.place("+18005550100") == Place(country="US")
    assert geography.place("+80012345678") == NOWHERE
    assert geography.place("12345") == NOWHERE
    assert geography.place("+2100000000") == NOWHERE
