"""Tests of content templates and their variables."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.messages.content import Content, content_text
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form

SID = "HX" + "0e" * 16
OTHER_SID = "HX" + "0F" * 16
CONTENTS = (Content(OTHER_SID, "other"), Content(SID, "Hello {{1}}, your code is {{code}}"))

NAMES = st.sampled_from(["1", "2", "name", "the name"])
PLAIN = st.text().filter(lambda text: not set(text) & set("{}"))
PIECES = st.lists(st.one_of(PLAIN, NAMES.map(lambda name: f"{{{{{name}}}}}")))


def form(sid: str | None = SID, variables: str | None = None) -> Form:
    pairs = (("ContentSid", sid), ("ContentVariables", variables))
    return tuple((name, value) for name, value in pairs if value is not None)


def refused(given: Form, contents: tuple[Content, ...] = CONTENTS) -> int:
    with pytest.raises(Refusal) as caught:
        content_text(given, contents)
    assert caught.value.status == 400
    return caught.value.code


def test_variables_are_put_into_their_places() -> None:
    variables = '{"1": "Ann", "code": "0\\u0031", "unused": "x"}'

    assert content_text(form(SID, variables), CONTENTS) == "Hello Ann, your code is 01"
    assert content_text(form(OTHER_SID), CONTENTS) == "other"


@pytest.mark.parametrize("variables", [None, "", "{}", '{"2": "x"}'])
def test_a_place_without_its_variable_stays(variables: str | None) -> None:
    assert content_text(form(SID, variables), CONTENTS) == "Hello {{1}}, your code is {{code}}"


def test_a_value_is_no_template() -> None:
    assert Content(SID, "{{1}}{{2}}").text({"1": "{{2}}", "2": "{{1}}"}) == "{{2}}{{1}}"


@pytest.mark.parametrize("given", [(), form(""), form("", "")], ids=["nothing", "empty SID", "both empty"])
def test_without_a_template_there_is_no_text(given: Form) -> None:
    assert content_text(given, CONTENTS) is None


def test_a_world_without_templates_takes_each_and_knows_no_text() -> None:
    assert content_text(form(SID, '{"1": "x"}'), ()) is None


def test_variables_without_a_template_are_refused() -> None:
    assert refused(form(None, "{}")) == refused(form("", "{}")) == 21654


@pytest.mark.parametrize("sid", ["HX1", "MG" + "0" * 32, SID + "0", "HX" + "g" * 32, "HX" + "a" * 32])
def test_a_template_that_is_malformed_or_not_there_is_refused(sid: str) -> None:
    assert refused(form(sid)) == 21655


@pytest.mark.parametrize("contents", [CONTENTS, ()], ids=["templates", "none"])
@pytest.mark.parametrize(
    "variables",
    [
        *("x", "[]", "null", '"1"', "{'1': 'x'}", '{"1": 1}', '{"1": null}', '{"1": ""}', '{"1": ["x"]}'),
        *('{"1": "\\ud83d"}', "[" * 100_000, '{"1": ' + "9" * 5000 + "}", '{"1": NaN}'),
    ],
    ids=lambda text: text[:12] if isinstance(text, str) else None,
)
def test_variables_that_are_no_json_object_of_texts_are_refused(variables: str, contents: tuple[Content, ...]) -> None:
    assert refused(form(SID, variables), contents) == 21656


@given(PIECES, st.dictionaries(NAMES, PLAIN.filter(bool)))
def test_no_place_is_left_whose_variable_is_given(pieces: list[str], variables: dict[str, str]) -> None:
    text = Content(SID, "".join(pieces)).text(variables)

    assert not [name for name in variables if f"{{{{{name}}}}}" in text]


@given(PLAIN, st.dictionaries(NAMES, st.text()))
def test_a_text_without_places_stays_as_it_is(body: str, variables: dict[str, str]) -> None:
    assert Content(SID, body).text(variables) == body


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_value_arrives_as_it_was_written(value: str) -> None:
    contents = (Content(SID, "<{{1}}>"),)

    assert content_text(form(SID, json.dumps({"1": value})), contents) == f"<{value}>"
