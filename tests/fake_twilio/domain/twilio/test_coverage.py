"""The table of what the fake offers agrees with the code that it tells of."""

import ast
from pathlib import Path

from fake_twilio.domain.messages.creation import PARAMETERS
from fake_twilio.domain.messages.options import OPTIONS
from fake_twilio.domain.twilio.catalogue import ALERTS, CATALOGUE
from fake_twilio.domain.twilio.coverage import (
    ALERTED,
    BUILT,
    COVERAGE,
    CREATE_MESSAGE,
    ENDED,
    LIST_MESSAGES,
    LOOK_UP,
    NOT_BUILT,
    NOTES,
    PRODUCED,
    READ_MEDIA_FILE,
    Support,
    forms,
)

PACKAGE = Path(__file__).parents[4] / "fake_twilio"
FACTS = {
    *(PACKAGE / "domain" / "twilio" / "catalogue.py", PACKAGE / "domain" / "twilio" / "coverage.py"),
    *(PACKAGE / "domain" / "rules" / "failures.py", PACKAGE / "domain" / "rules" / "dials.py"),
    PACKAGE / "strategies.py",
    PACKAGE / "recording" / "scenario_text.py",  # of codes that others answered
}


def codes(path: Path) -> set[int]:
    """Return the codes of the catalogue, alerts included, that a file names as numbers."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    values = {node.value for node in nodes if isinstance(node, ast.Constant) and type(node.value) is int}
    return values & (set(CATALOGUE) | set(ALERTS))


def test_the_parameters_of_a_new_message_are_those_that_the_domain_knows() -> None:
    assert set(BUILT[CREATE_MESSAGE]) == PARAMETERS


def test_a_route_that_is_not_there_has_no_parameter_that_works() -> None:
    supports = {support for parameters in NOT_BUILT.values() for support in parameters.values()}

    assert supports == {Support.NOT_YET}


def test_a_note_is_about_a_parameter_that_there_is() -> None:
    assert [place for place in NOTES if place[1] not in COVERAGE[place[0]]] == []


def test_the_2010_api_answers_in_xml_and_only_its_list_of_messages_in_csv() -> None:
    assert list(forms(CREATE_MESSAGE)) == ["JSON", "XML"]
    assert list(forms(LIST_MESSAGES)) == ["JSON", "XML", "CSV"]
    assert list(forms(LOOK_UP)) == ["JSON"]


def test_a_medium_is_told_of_in_json_and_is_a_file_without_the_extension() -> None:
    method, path = READ_MEDIA_FILE

    assert list(forms(READ_MEDIA_FILE)) == ["the file"]
    assert list(forms((method, f"{path}.json"))) == ["JSON"]
    assert list(forms(("DELETE", f"{path}.json"))) == ["JSON", "XML"]


def test_the_codes_that_are_produced_are_those_that_the_code_names() -> None:
    named = {code for path in PACKAGE.rglob("*.py") if path not in FACTS for code in codes(path)}

    assert named == PRODUCED | ENDED | ALERTED


def test_a_code_that_is_produced_has_an_http_status() -> None:
    assert [code for code in PRODUCED if CATALOGUE[code].status is None] == []


def test_a_code_that_ends_a_message_has_none() -> None:
    assert {CATALOGUE[code].status for code in ENDED} == {None}


def test_every_option_of_a_new_message_is_at_least_stored() -> None:
    assert {BUILT[CREATE_MESSAGE][name] for name in OPTIONS} == {Support.WORKS, Support.STORED}
