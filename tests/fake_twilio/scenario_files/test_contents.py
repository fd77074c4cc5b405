"""Tests of what a scenario file may say about content templates."""

import pytest
from pydantic import ValidationError

from fake_twilio.domain.messages.content import Content
from fake_twilio.scenario_files.contents import ContentPart, check_contents
from fake_twilio.scenario_files.load import parse_scenario

SID = "HX" + "0e" * 16


def test_templates_become_contents_in_their_order() -> None:
    text = f"""
about: x.
contents:
  - {{sid: {SID}, body: "Hello {{{{1}}}}"}}
  - sid: HX{"F" * 32}
    body: yes
defaults: {{timeline: []}}
"""

    assert parse_scenario(text).contents == (Content(SID, "Hello {{1}}"), Content("HX" + "F" * 32, "yes"))


def test_a_scenario_may_be_without_templates() -> None:
    assert parse_scenario("about: x\ndefaults: {timeline: []}\n").contents == ()


@pytest.mark.parametrize("body", ["x", "{", "a { b } c", "{{1}}", "{{name}}{{1}}", "{{{1}}}", "x" * 5000])
def test_a_text_with_or_without_places_is_a_template(body: str) -> None:
    assert ContentPart(sid=SID, body=body).to_content() == Content(SID, body)


@pytest.mark.parametrize("body", ["", "{{}}", "{{1}", "1}}", "{{{{1}}}}"])
def test_a_text_with_a_broken_place_is_refused(body: str) -> None:
    with pytest.raises(ValidationError, match="wanted a text with places such as"):
        ContentPart(sid=SID, body=body)


def test_two_templates_never_have_the_same_sid() -> None:
    one, other = ContentPart(sid=SID, body="a"), ContentPart(sid=SID.upper(), body="b")

    assert check_contents((one, other)) == (one, other)
    with pytest.raises(ValueError, match=f"wanted each template once, not {SID} 2 times"):
        check_contents((one, other, one))
