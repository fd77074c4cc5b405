"""Tests of how pasted parameters are read."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.workbench.pasted import Pasted, Reading, read_parameters

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


@given(st.lists(st.tuples(TEXT, TEXT)).map(tuple))
def test_a_form_encoded_body_is_read_as_it_was_written(form: Form) -> None:
    assert read_parameters(urlencode(form)).form == form


@given(st.dictionaries(TEXT, TEXT, min_size=1))
def test_an_object_is_read_as_it_was_written(tree: dict[str, str]) -> None:
    assert read_parameters(json.dumps(tree)).form == tuple(tree.items())


@pytest.mark.parametrize("text", ["", " \r\n\t"])
def test_nothing_is_no_parameters(text: str) -> None:
    assert read_parameters(text) == Pasted(Reading.NOTHING)


def test_lines_stand_as_they_are() -> None:
    read = read_parameters("From=+15551234567\r\n\r\nBody=50%25 = a\r\n and more\r\n")

    assert read.reading is Reading.LINES
    assert read.form == (("From", "+15551234567"), ("Body", "50%25 = a\n and more"))


def test_a_line_without_a_mark_at_the_beginning_is_a_name() -> None:
    assert read_parameters("alone\na=1").form == (("alone", ""), ("a", "1"))


def test_an_object_may_hold_lists_numbers_and_nothing() -> None:
    read = read_parameters('{"a": ["1", 2], "b": null, "c": true, "d": {"e": 1}, "f": []}')

    assert read.form == (("a", "1"), ("a", "2"), ("b", ""), ("c", "true"), ("d", '{"e": 1}'))


@pytest.mark.parametrize("text", ['{"a": 1}', "[1]", "{broken"])
def test_json_is_a_body_where_its_hash_is_in_the_url(text: str) -> None:
    assert read_parameters(text, is_hashed=True) == Pasted(Reading.BODY, (), text)


@pytest.mark.parametrize("text", ["{broken", '{"a":' * 5000, "[" * 5000, '{"a": ' + "9" * 5000 + "}"])
def test_what_only_begins_like_json_is_read_otherwise(text: str) -> None:
    assert read_parameters(text).reading is Reading.FORM


def test_a_list_can_only_be_a_body() -> None:
    assert read_parameters("[1, 2]").reading is Reading.BODY


def test_a_form_with_a_hash_in_the_url_is_a_form() -> None:
    assert read_parameters("a=1", is_hashed=True).form == (("a", "1"),)
