"""Why a rule took a message is said with what the message has."""

from typing import Any

import pytest

from fake_twilio.inspector.reasons import reasons
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.doubles import RECIPIENT, SENDER, Town, create_form


def told(when: str, **changes: Any) -> list[str] | None:
    """Return what a rule says of the message that it took."""
    text = f"about: x\nrules: [{{when: {{{when}}}, then: {{timeline: []}}}}]\ndefaults: {{timeline: []}}\n"
    scenario = parse_scenario(text)
    message = Town(scenario).engine.accept(create_form(**changes))
    assert message.rule == "rule 1"
    return reasons(scenario.rules[0], message)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ('to: "+1555*"', [f'to is "+1555*" ({RECIPIENT})']),
        (f'to: "{RECIPIENT}"', [f'to is "{RECIPIENT}"']),
        ('body: "*hello*"', ['body is "*hello*"']),
        ("segments: 1..", ["segments: 1 or more (it has 1)"]),
        ("media: 0", ["media: 0 (it has 0)"]),
        ("country: US", [f"the recipient's country is US ({RECIPIENT})"]),
        ("number_type: long_code", [f"the sender is a long code ({SENDER})"]),
        ("first: 3", ["its turn is one of the first 3"]),
        ('from: "+1500*", to: "*"', [f'to is "*" ({RECIPIENT})', f'from is "+1500*" ({SENDER})']),
        ("", []),
    ],
)
def test_each_condition_is_said_with_what_the_message_has(when: str, words: list[str]) -> None:
    assert told(when) == words


def test_a_text_is_judged_as_it_came() -> None:
    assert told("body: “hi”", Body="“hi”", SmartEncoded="true") == ['body is "“hi”"']


def test_a_rule_that_does_not_match_any_more_says_nothing() -> None:
    scenario = parse_scenario(
        'about: x\nrules: [{when: {body: "hello"}, then: {timeline: []}}]\ndefaults: {timeline: []}'
    )
    town = Town(scenario)
    sid = town.engine.accept(create_form()).sid

    assert reasons(scenario.rules[0], town.engine.redact(sid)) is None
