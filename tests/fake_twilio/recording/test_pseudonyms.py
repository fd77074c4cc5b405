"""Tests of numbers in place of numbers."""

import re

import pytest

from fake_twilio.recording.pseudonyms import Pseudonyms


@pytest.mark.parametrize(
    ("number", "pattern"),
    [("+4915123456789", r"\+1555[0-9]{7}"), ("12345", r"[0-9]{5}"), ("ACME", "NUMBER1"), ("", "NUMBER1")],
)
def test_a_number_becomes_one_of_its_kind(number: str, pattern: str) -> None:
    assert re.fullmatch(pattern, Pseudonyms([number]).of(number))


def test_the_same_number_stays_the_same_and_another_is_another() -> None:
    names = Pseudonyms([])

    given = [names.of(number) for number in ("+14155550100", "+14155550101", "+14155550100")]

    assert given[0] == given[2] != given[1]


def test_short_codes_that_run_out_become_no_others() -> None:
    numbers = [str(number) for number in range(12)]
    names = Pseudonyms([])

    assert len({names.of(number) for number in numbers}) == 12


def test_no_real_number_is_ever_given_out() -> None:
    real = ["+15552000001", "+15552000002", "10000"]
    names = Pseudonyms(real)

    assert not {names.of(number) for number in real} & set(real)
