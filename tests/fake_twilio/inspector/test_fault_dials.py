"""Tests of the dials as the page shows them."""

import pytest

from fake_twilio.domain.rules.dials import DIALS
from fake_twilio.inspector.fault_dials import dial_groups, percent, turned_up


def test_each_dial_stands_once_with_those_of_its_concern() -> None:
    groups = dial_groups({"landline": 0.1})

    assert [group.concern for group in groups] == ["requests", "messages", "callbacks"]
    shown = {dial.name: dial.percent for group in groups for dial in group.dials}
    assert shown == {dial.name: "10" if dial.name == "landline" else "0" for dial in DIALS}


def test_what_is_turned_up_is_a_line() -> None:
    assert turned_up({"reset": 0.05, "callback_drop": 0.2}) == "reset 5 %, callback_drop 20 %"
    assert turned_up({}) == ""


@pytest.mark.parametrize(
    ("share", "written"), [(0.0, "0"), (0.07, "7"), (0.125, "12.5"), (1 / 3, "33.3333"), (1.0, "100")]
)
def test_a_share_is_written_in_percent(share: float, written: str) -> None:
    assert percent(share) == written
