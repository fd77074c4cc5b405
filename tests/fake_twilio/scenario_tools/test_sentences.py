"""Tests of rules as sentences."""

import pytest

from fake_twilio.domain.fate.timeline import Step
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_tools.sentences import condition, happening, happenings, listed

TEXT = """about: Things go wrong.
rules:
  - {name: twice, when: {to: "+1555*", first: 2, per: to}, then: {refuse: {code: 20429, retry_after: 3s}}}
  - {name: outage, request: any, when: {every: 10}, then: {refuse: {status: 503}}}
  - {name: reading, request: read, then: {fault: reset}}
  - {name: late, then: {callbacks: {order: shuffled}}}
  - {name: silent, then: {timeline: []}}
  - name: mixed
    then: {outcomes: [{weight: 3, timeline: [{status: sent, after: 1s}]}, {weight: 1, fault: reset}]}
  - {name: answered, then: {timeline: [{status: sent}], reply: {body: "YES", after: 1m}}}
  - {name: lost, then: {timeline: [{status: failed, after: 1s, error: 30003}]}}
  - {name: whole, then: {timeline: [{status: sent, after: 0.4s}, {status: delivered, after: 2s}]}}
  - {name: chance, then: {timeline: [{status: sent, after: "uniform(1s, 3s)"}]}}
defaults: {timeline: []}
"""
RULES = {rule.name: rule for rule in parse_scenario(TEXT, name="mine").rules}
SENTENCES = [
    (
        "twice",
        'if the recipient is "+1555*" and its turn is one of the first 2, counted for each recipient',
        "refused with code 20429, Retry-After 3s",
    ),
    ("outage", "about every request; if its turn is every 10th", "refused with HTTP 503"),
    ("reading", "about requests that read; always", "fault: reset"),
    ("late", "always", "callbacks: shuffled"),
    ("silent", "always", "stays queued"),
    ("mixed", "always", "75%: sent after 1s; or 25%: fault: reset"),
    ("answered", "always", "sent after 0s; reply: 'YES', 1m after delivered"),
    ("lost", "always", "failed with error 30003 after 1s"),
    ("whole", "always", "sent after 400ms, then delivered after 2s"),
    ("chance", "always", "sent after uniform(1s, 3s): half within 2s, 90% within 2.8s"),
]


@pytest.mark.parametrize(("name", "asked", "happens"), SENTENCES, ids=[name for name, *_ in SENTENCES])
def test_a_rule_is_a_sentence(name: str, asked: str, happens: str) -> None:
    assert condition(RULES[name]) == asked
    assert happening(RULES[name].then) == happens


def test_statuses_are_told_as_the_caller_likes() -> None:
    def count(steps: tuple[Step, ...]) -> list[str]:
        return [f"{len(steps)} steps"]

    ((_, outcome),) = RULES["answered"].then.options

    assert list(happenings(outcome, count)) == ["1 steps", "reply: 'YES', 1m after delivered"]


@pytest.mark.parametrize(
    ("parts", "told"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b, and c")],
    ids=["none", "one", "two", "three"],
)
def test_parts_are_listed_as_people_do(parts: tuple[str, ...], told: str) -> None:
    assert listed(parts) == told
