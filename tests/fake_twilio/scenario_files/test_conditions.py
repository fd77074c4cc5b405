"""Tests of what a file may ask of a message."""

from math import inf
from typing import Any

import pytest

from fake_twilio.domain.rules.conditions import Span, When
from fake_twilio.domain.rules.rates import Kind
from fake_twilio.domain.rules.turns import Per, Turn
from fake_twilio.domain.values.patterns import Glob, NumberRange
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError


def parse(when: str) -> When:
    text = f"about: x.\nrules:\n  - when: {{{when}}}\n    then: {{refuse: 21211}}\ndefaults: {{timeline: []}}\n"
    return parse_scenario(text, file="f.yaml").rules[0].when


@pytest.mark.parametrize(
    ("when", "parts"),
    [
        ("", {}),
        ('to: "+1555*"', {"to": (Glob("+1555*"),)}),
        ("from: [SHOP, +15550100..+15550199]", {"sender": (Glob("SHOP"), NumberRange("+15550100", "+15550199"))}),
        ('body: "*word*"', {"body": (Glob("*word*"),)}),
        ("service: MG*, account: AC*", {"service": (Glob("MG*"),), "account": (Glob("AC*"),)}),
        ("number_type: toll_free", {"number_type": frozenset({Kind.TOLL_FREE})}),
        ("number_type: [short_code, long_code]", {"number_type": frozenset({Kind.SHORT_CODE, Kind.LONG_CODE})}),
        ("country: NO", {"country": frozenset({"NO"})}),
        ("country: [DE, FR]", {"country": frozenset({"DE", "FR"})}),
        ("segments: 2, media: 0", {"segments": Span(2, 2), "media": Span(0, 0)}),
        ("segments: 2..4, media: 1..", {"segments": Span(2, 4), "media": Span(1)}),
        ("nth: 3", {"turn": Turn(nth=frozenset({3}))}),
        ("nth: [1, 3], per: to", {"turn": Turn(nth=frozenset({1, 3}), per=Per.TO)}),
        ("first: 2, every: 10", {"turn": Turn(first=2, every=10)}),
        ("probability: 0.05", {"turn": Turn(probability=0.05)}),
        ("between: [10s, 5m]", {"turn": Turn(since=10.0, until=300.0)}),
    ],
)
def test_each_key_says_what_it_asks(when: str, parts: dict[str, Any]) -> None:
    assert parse(when) == When(**parts)


@pytest.mark.parametrize(
    ("when", "wanted"),
    [
        ("first: 0", "when.first: wanted a whole number from 1 on"),
        ("every: -1", "when.every: wanted a whole number from 1 on"),
        ("nth: [1, x]", "when.nth: wanted a whole number from 1 on"),
        ("nth: []", "when.nth: wanted a whole number from 1 on"),
        ("segments: 4..2", "when.segments: wanted a range with the lower number first"),
        ("segments: ..2", "when.segments: wanted a number such as 2"),
        ("number_type: mobile", "when.number_type: wanted kinds of senders: long_code, toll_free"),
        ("country: [DE, UK]", "when.country: wanted countries by their ISO code, such as US or DE, not UK"),
        ("country: us", "when.country: wanted countries by their two letters"),
        ("probability: 0", "when.probability: wanted a probability above 0"),
        ("probability: 1.5", "when.probability: wanted a probability above 0"),
        ("between: [5m, 10s]", "when.between: wanted the earlier time first"),
        ("between: 10s", "when.between: wanted two times"),
        ("per: day", "when.per: wanted one of 'to', 'from', 'body', 'service' or 'account'"),
        ("to: []", "when.to: wanted at least one pattern"),
        ("probabilty: 1", "when.probabilty: no such key; did you mean probability?"),
    ],
)
def test_what_asks_nothing_is_refused_with_its_place(when: str, wanted: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(when)

    assert all(problem.startswith("f.yaml:3:") for problem in caught.value.problems)
    assert wanted in str(caught.value)


def test_a_phase_and_a_rule_in_it_hold_together() -> None:
    scenario = parse_scenario(
        """
about: x.
phases:
  - name: outage
    from: 10s
    until: 40s
    rules: [{when: {between: [0s, 20s]}, then: {refuse: 30001}}]
  - {name: after, from: 40s, rules: [{then: {timeline: []}}, {name: b, then: {timeline: []}}]}
defaults: {timeline: []}
""".replace("30001", "20503")
    )

    assert [(rule.name, rule.when.turn.since, rule.when.turn.until) for rule in scenario.rules] == [
        ("outage", 10.0, 20.0),
        ("after: rule 1", 40.0, inf),
        ("after: b", 40.0, inf),
    ]
