"""Tests of who reaches whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.accounts.reach import nearest, reaching

LOCAL, TOLL_FREE, BRITISH, SHORT, NAME = "+14155550100", "+18005550100", "+447700900001", "12345", "INFO"
ALL = [LOCAL, TOLL_FREE, BRITISH, SHORT, NAME]
NUMBERS = st.from_regex(r"\A\+[1-9][0-9]{9,12}\Z")


@pytest.mark.parametrize(
    ("to", "who"),
    [
        ("+12125550100", [LOCAL, TOLL_FREE, BRITISH, SHORT]),
        ("+447700900002", [LOCAL, BRITISH, NAME]),
        (LOCAL, [TOLL_FREE, BRITISH, SHORT]),
    ],
)
def test_who_reaches_a_recipient(to: str, who: list[str]) -> None:
    assert reaching(ALL, to) == who


@pytest.mark.parametrize(
    ("to", "by_area", "who"),
    [
        ("+14155559999", True, [LOCAL]),
        ("+14155559999", False, [LOCAL, TOLL_FREE]),
        ("+12125559999", True, [LOCAL, TOLL_FREE]),
        ("+447700900002", True, [BRITISH]),
        ("+33612345678", True, ALL),
    ],
)
def test_who_is_nearest_to_a_recipient(to: str, by_area: bool, who: list[str]) -> None:
    assert nearest(ALL, to, by_area=by_area) == who


@given(st.lists(NUMBERS, min_size=1, max_size=5), NUMBERS, st.booleans())
def test_of_those_who_reach_a_recipient_somebody_is_always_nearest(senders: list[str], to: str, by_area: bool) -> None:
    usable = reaching(senders, to)

    chosen = nearest(usable, to, by_area=by_area)

    assert set(chosen) <= set(usable) <= set(senders) - {to}
    assert bool(chosen) is bool(usable)
