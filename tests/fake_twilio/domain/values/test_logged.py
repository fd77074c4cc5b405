"""What a log line may show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.values.logged import masked_number, printable


@given(st.text())
def test_nothing_drives_a_terminal(text: str) -> None:
    assert printable(text).isprintable()


@pytest.mark.parametrize("around", ["{}", "/v2/PhoneNumbers/{}", "To={}", "({})"])
def test_no_number_stays_whole(around: str) -> None:
    assert "5551234567" not in printable(around.format("+15551234567"))


def test_a_sid_stays_whole() -> None:
    assert printable("/Messages/SM" + "1" * 32) == "/Messages/SM" + "1" * 32


@pytest.mark.parametrize(
    ("number", "shown"), [("+15551234567", "+1555***4567"), ("+49151234", "+4***"), ("12345", "12***")]
)
def test_a_number_is_masked(number: str, shown: str) -> None:
    assert masked_number(number) == shown


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_a_log_never_holds_a_whole_number(number: str) -> None:
    shown = masked_number(number)

    assert number not in shown
    assert "***" in shown
    assert sum(character.isdigit() for character in shown) <= max(8, len(number) - 4)
