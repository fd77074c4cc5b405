"""Tests of how many failures a suite must exercise."""

import pytest

from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.kit.share import Share
from fake_twilio.kit.threshold import Threshold

TOTAL = len(ERROR_PATHS)
TWO = Share({"hang": frozenset({"t"}), "reset": frozenset({"t"})})


@pytest.mark.parametrize(
    ("text", "count"), [("0", 0), ("2", 2), (str(TOTAL), TOTAL), ("100%", TOTAL), ("1%", 1), ("0%", 0)]
)
def test_a_threshold_is_a_count_or_a_percentage(text: str, count: int) -> None:
    assert Threshold.parse(text).count == count


@pytest.mark.parametrize("text", ["", "many", "-1", "1.5", "101%", str(TOTAL + 1), "5 %"])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"wanted a count from 0 to {TOTAL}, or a percentage such as 40%, came"):
        Threshold.parse(text)


def test_whoever_reaches_it_hears_nothing() -> None:
    assert Threshold.parse("2").complaint(TWO) is None


def test_whoever_does_not_hears_what_is_missing() -> None:
    complaint = Threshold.parse("50%").complaint(TWO) or ""

    assert complaint.startswith(f"fake-twilio: 2 of {TOTAL} failures exercised, wanted at least 50%, which is ")
    assert "never exercised: invalid_recipient, " in complaint
    assert "hang" not in complaint
    assert "wanted at least 3;" in (Threshold.parse("3").complaint(TWO) or "")
