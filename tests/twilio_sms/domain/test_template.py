"""A template is filled whole, or refused by name."""

import math
from decimal import Decimal
from enum import Enum

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


def test_it_is_filled_exactly_with_texts_and_numbers():
    template = BodyTemplate.parse("$name owes $a, $b and $c")

    text = template.fill_exactly({"name": "Zoë $x", "a": 7, "b": 19.9, "c": Decimal("1E+2")})

    assert text == "Zoë $x owes 7, 19.9 and 100"


def test_of_an_enumeration_the_text_counts_not_the_name():
    class Color(str, Enum):  # noqa: UP042 - the kind whose str() is its name
        RED = "rot"

    assert BodyTemplate.parse("$color").fill_exactly({"color": Color.RED}) == "rot"


@pytest.mark.parametrize("value", [None, "", " \n"], ids=["none", "empty", "blank"])
def test_what_leaves_a_gap_is_a_missing_value(value):
    with pytest.raises(ValidationError, match="the template needs name: there is no such value, or it is blank"):
        BodyTemplate.parse("Hi $name").fill_exactly({"name": value})


def test_everything_that_is_wrong_is_told_at_once():
    template = BodyTemplate.parse("$name $amount $code")

    with pytest.raises(ValidationError) as caught:
        template.fill_exactly({"nmae": "x", "amount": True, "code": "a\x00"})

    assert "needs name" in str(caught.value)
    assert "no $nmae: did you mean name?" in str(caught.value)
    assert "amount must be a text or a number, is bool" in str(caught.value)
    assert "code holds a control character (U+0000)" in str(caught.value)


@pytest.mark.parametrize(
    "value", [b"x", ["x"], True, math.nan, math.inf, Decimal("NaN"), Decimal("Infinity"), "\x1b[2J", "\x7f", "\ud83d"]
)
def test_what_cannot_stand_in_a_text_is_refused_and_not_told(value):
    with pytest.raises(ValidationError, match=r"^secret ") as caught:
        BodyTemplate.parse("$secret").fill_exactly({"secret": value})

    assert "[2J" not in str(caught.value)


@pytest.mark.parametrize("text", ["12 Main St\nSpringfield", "a\tb", "a\r\nb", "👋🏽", "é"])
def test_a_value_may_have_lines_and_any_letters(text):
    assert BodyTemplate.parse("$x").fill_exactly({"x": text}) == text


@pytest.mark.parametrize("values", [None, "name", [("name", "x")]])
def test_values_are_a_mapping(values):
    with pytest.raises(ValidationError, match="values must be a mapping by name"):
        BodyTemplate.parse("$name").fill_exactly(values)


def test_its_own_text_is_what_every_message_has():
    assert BodyTemplate.parse("Hi $name, ${n}nd: $$5").own_text == "Hi , nd: $5"


def test_a_template_shows_its_names_and_not_its_text():
    assert repr(BodyTemplate.parse("call +15551234567, $name")) == "BodyTemplate(name)"


_PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip)


@given(values=st.dictionaries(st.sampled_from(["a", "b", "c"]), _PLAIN, max_size=3))
def test_filled_exactly_and_filled_are_the_same_where_both_can(values):
    template = BodyTemplate.parse("".join(f"<${{{name}}}>" for name in values))

    exactly = template.fill_exactly(values)

    assert exactly == template.fill(values) == "".join(f"<{value}>" for value in values.values())
