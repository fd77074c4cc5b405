"""No cell is a formula, and each comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.spreadsheet import from_cell, to_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+15551234567", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20a"],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text):
    assert to_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "hello", "1+1", " =1", "Zoë"])
def test_what_does_not_stays_as_it_is(text):
    assert to_cell(text) == text


@pytest.mark.parametrize("cell", ["'tis", "hello", "+15551234567", "'"])
def test_a_cell_that_was_written_elsewhere_is_read_as_it_is(cell):
    assert from_cell(cell) == cell


@given(st.text(st.sampled_from("=+-@\t\n'a1\uff1d")) | st.text())
def test_each_text_comes_back_as_it_was(text):
    assert from_cell(to_cell(text)) == text
