"""Why a rule took a message is said with what the message has."""

from typing import Any

import pytest

from fake_twilio.inspector.reasons import reasons
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.doubles import RECIPIENT, SENDER, SERVICE_SID, Town, create_form


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
        ('to: "+1555*"', [f'the recipient is "+1555*" ({RECIPIENT})']),
        (f'to: "{RECIPIENT}"', [f'the recipient is "{RECIPIENT}"']),
        ('body: "*hello*"', ['the text is "*hello*"']),
        ("segments: 1..", ["segments: 1 or more (it has 1)"]),
        ("media: 0", ["media: 0 (it has 0)"]),
        ("country: US", [f"the recipient's country is US ({RECIPIENT})"]),
        ("number_type: long_code", [f"the sender is a long code ({SENDER})"]),
        ("first: 3", ["its turn is one of the first 3"]),
        ('from: "+1500*", to: "*"', [f'the recipient is "*" ({RECIPIENT})', f'the sender is "+1500*" ({SENDER})']),
        ("", []),
    ],
)
def test_each_condition_is_said_with_what_the_message_has(when: str, words: list[str]) -> None:
    assert told(when) == words


def test_a_text_is_judged_as_it_came() -> None:
    assert told("body: “hi”", Body="“hi”", SmartEncoded="true") == ['the text is "“hi”"']


def test_segments_are_counted_as_smart_encoding_left_them() -> None:
    text = "“" + "x" * 100

    assert told("segments: 1", Body=text, SmartEncoded="true") == ["segments: 1 (it has 1)"]
    assert told("segments: 2", Body=text) == ["segments: 2 (it has 2)"]
    assert told("segments: 1", Body=text, From=None, MessagingServiceSid=SERVICE_SID) == ["segments: 1 (it has 1)"]


def test_a_sender_that_a_service_will_choose_counts() -> None:
    assert told('from: "+1500*"', From=None, MessagingServiceSid=SERVICE_SID) == [f'the sender is "+1500*" ({SENDER})']


def test_the_text_of_a_template_counts() -> None:
    scenario = parse_scenario(f"""about: x
contents: [{{sid: HX{"1" * 32}, body: "code {{{{1}}}}"}}]
rules: [{{when: {{body: "code 12*"}}, then: {{timeline: []}}}}]
defaults: {{timeline: []}}
""")
    form = create_form(Body=None, ContentSid=f"HX{'1' * 32}", ContentVariables='{"1": "1234"}')

    assert reasons(scenario.rules[0], Town(scenario).engine.accept(form)) == ['the text is "code 12*"']


def test_a_rule_that_does_not_match_any_more_says_nothing() -> None:
    scenario = parse_scenario(
        'about: x\nrules: [{when: {body: "hello"}, then: {timeline: []}}]\ndefaults: {timeline: []}'
    )
    town = Town(scenario)
    sid = town.engine.accept(create_form()).sid

    assert reasons(scenario.rules[0], town.engine.redact(sid)) is None
