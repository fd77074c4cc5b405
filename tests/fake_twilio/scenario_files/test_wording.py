"""Tests of what is said about a problem, and of the keys that are known at each place."""

from typing import Any

import pytest

from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from fake_twilio.scenario_files.wording import wanted

GOOD = "about: x.\ndefaults: {timeline: []}\n"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"type": "missing", "loc": ("about",)}, "this key is missing"),
        ({"type": "enum", "loc": ("status",), "ctx": {"expected": "'a' or 'b'"}}, "wanted a status: 'a' or 'b'"),
        ({"type": "enum", "loc": ("kind",), "ctx": {"expected": "'a' or 'b'"}}, "wanted one of 'a' or 'b'"),
        ({"type": "literal_error", "loc": ("order",), "ctx": {"expected": "'a'"}}, "wanted one of 'a'"),
        ({"type": "value_error", "loc": (), "ctx": {"error": ValueError("so")}}, "so"),
        ({"type": "string_type", "loc": ()}, "wanted a text"),
        ({"type": "tuple_type", "loc": ()}, "wanted a list"),
        ({"type": "model_type", "loc": ()}, "wanted keys and values"),
        ({"type": "else", "loc": (), "msg": "as it is"}, "as it is"),
    ],
)
def test_each_problem_has_its_words(entry: dict[str, Any], words: str) -> None:
    assert wanted(entry) == words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("defalts: {}\n", "defalts: no such key; did you mean defaults?"),
        ("includes: []\n", "includes: no such key; did you mean include?"),
        ("rules: [{them: {}}]\n", "rules.0.them: no such key; did you mean then?"),
        ("rules: [{when: {form: x}}]\n", "rules.0.when.form: no such key; did you mean from?"),
        ("rules: [{then: {time_line: []}}]\n", "then.time_line: no such key; did you mean timeline?"),
        ("rules: [{then: {timeline: [{status: sent, afer: 1s}]}}]\n", "0.afer: no such key; did you mean after?"),
        ("rules: [{then: {refuse: {retry: 1s}}}]\n", "refuse.retry: no such key; did you mean retry_after?"),
        ("rules: [{then: {fault: {knd: reset}}}]\n", "fault.knd: no such key; did you mean kind?"),
        ("rules: [{then: {callbacks: {ordre: shuffled}}}]\n", "callbacks.ordre: no such key; did you mean order?"),
        ("rules: [{then: {callbacks: {late: {bye: 1s}}}}]\n", "late.bye: no such key; did you mean by?"),
        ("rules: [{then: {callbacks: {drop: {states: [sent]}}}}]\n", "states: no such key; did you mean statuses?"),
        ("rules: [{then: {reply: {bodi: x}}}]\n", "reply.bodi: no such key; did you mean body?"),
        ("rules: [{then: {outcomes: [{wieght: 1}]}}]\n", "outcomes.0.wieght: no such key; did you mean weight?"),
        ("phases: [{nam: x, rules: []}]\n", "phases.0.nam: no such key; did you mean name?"),
    ],
)
def test_the_key_that_may_have_been_meant_is_named(text: str, told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(GOOD + text)

    assert told in str(caught.value)
