"""A template is filled whole, or refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.template import BodyTemplate
from twilio_sms.errors import ValidationError


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hello", ()),
        ("Hi $name", ("name",)),
        ("$a ${b}c $a", ("a", "b")),
        ("$$5 and $$name", ()),
        ("Größe: $größe", ("größe",)),
        ("$Name $name", ("Name", "name")),
    ],
)
def test_a_template_knows_its_names(text, names):
    assert BodyTemplate.parse(text).names == names


@pytest.mark.parametrize(
    ("text", "place"), [("$5 off", 1), ("Hi $", 4), ("${first name}", 1), ("$$ $$ $ x", 7), ("a\n$!", 3)]
)
def test_a_dollar_that_begins_no_name_is_refused_with_its_place(text, place):
    with pytest.raises(ValidationError, match=f"at character {place}: write"):
        BodyTemplate.parse(text)


def test_a_template_is_filled():
    assert (
        BodyTemplate.parse("Hi $name, ${n}nd: $$5").fill({"name": "Zoë $x", "n": 2, "other": 1}) == "Hi Zoë $x, 2nd: $5"
    )


@pytest.mark.parametrize("values", [{}, {"a": None, "b": None}], ids=["absent", "none"])
def test_every_missing_value_is_named(values):
    with pytest.raises(ValidationError, match="the template needs a, b:"):
        BodyTemplate.parse("$a $b").fill(values)


def test_case_matters_as_in_the_names_of_columns():
    with pytest.raises(ValidationError, match="needs Name"):
        BodyTemplate.parse("$Name").fill({"name": "x"})


@given(text=st.text())
def test_a_text_whose_dollars_are_doubled_is_told_as_it_is(text):
    assert BodyTemplate.parse(text.replace("$", "$$")).fill({}) == text
