"""Tests of what a customer may report."""

import pytest

from fake_twilio.domain.messages.feedback import read_outcome
from fake_twilio.domain.twilio.errors import Refusal


@pytest.mark.parametrize("text", ["confirmed", "unconfirmed"])
def test_an_outcome_is_read(text: str) -> None:
    assert read_outcome((("Outcome", text),)) == text


@pytest.mark.parametrize("form", [(), (("Outcome", ""),), (("Other", "unconfirmed"),)], ids=str)
def test_a_report_without_an_outcome_confirms(form: tuple[tuple[str, str], ...]) -> None:
    assert read_outcome(form) == "confirmed"


@pytest.mark.parametrize("text", ["Confirmed", "delivered", " "])
def test_another_outcome_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_outcome((("Outcome", text),))

    assert (caught.value.status, caught.value.code) == (400, 20001)
