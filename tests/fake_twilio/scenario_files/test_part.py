"""Tests of the piece that the grammar is made of."""

import pytest
from pydantic import ValidationError

from fake_twilio.scenario_files.part import Part


class Plain(Part):
    """A piece without a main key."""

    body: str


class Reply(Part):
    """A piece that is most often its body alone."""

    main_key = "body"
    short_forms = ({"type": "string"},)
    body: str
    times: str = "1"


def test_a_key_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Reply.model_validate({"body": "YES", "other": "x"})


def test_a_text_stands_for_the_main_key() -> None:
    assert Reply.model_validate("YES") == Reply.model_validate({"body": "YES"})
    with pytest.raises(ValidationError):
        Plain.model_validate("YES")


def test_the_schema_has_the_short_forms_before_the_keys() -> None:
    short, long = Reply.model_json_schema()["anyOf"]

    assert (short, long["required"]) == ({"type": "string"}, ["body"])
    assert "anyOf" not in Plain.model_json_schema()
