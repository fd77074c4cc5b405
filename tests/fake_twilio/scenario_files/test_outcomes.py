"""Tests of what a file may let happen to a message."""

import pytest

from fake_twilio.domain.fate.delays import Fixed, Uniform
from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import FaultPlan, Outcome, PlannedReply, Refuse
from fake_twilio.domain.fate.timeline import Step, Timeline
from fake_twilio.domain.rules.scenario import Asks, Rule, Scenario
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError


def parse(rule: str) -> Scenario:
    return parse_scenario(f"about: x.\nrules:\n  - {{{rule}}}\ndefaults: {{timeline: []}}\n", file="f.yaml")


def first(rule: str) -> Rule:
    return parse(rule).rules[0]


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        ("refuse: 21211", Outcome(refusal=Refuse(21211))),
        ("refuse: {status: 503, retry_after: 3s}", Outcome(refusal=Refuse(None, 503, 3.0))),
        ("refuse: {code: 20429, retry_after: 2s}", Outcome(refusal=Refuse(20429, None, 2.0))),
        ("fault: reset", Outcome(fault=FaultPlan(kind=Break.RESET))),
        ("fault: {kind: reset, commit: true}", Outcome(fault=FaultPlan(kind=Break.RESET, is_committed=True))),
        ("fault: {kind: html, status: 503}", Outcome(fault=FaultPlan(kind=Break.HTML, status=503))),
        (
            "fault: {latency: 'uniform(1s, 2s)', drip: 3s}",
            Outcome(fault=FaultPlan(latency=Uniform(1.0, 2.0), drip=Fixed(3.0))),
        ),
        ("fault: close, refuse: 21211", Outcome(fault=FaultPlan(kind=Break.CLOSE), refusal=Refuse(21211))),
        ("reply: YES", Outcome(reply=PlannedReply("YES", Fixed(0.0)))),
        ("reply: {body: 'NO', after: 30s}", Outcome(reply=PlannedReply("NO", Fixed(30.0)))),
        (
            "reply: {media: ['https://a.test/x']}",
            Outcome(reply=PlannedReply("", Fixed(0.0), ("https://a.test/x",))),
        ),
        (
            "timeline: [{status: sent, after: 'uniform(1s, 2s)'}, {status: undelivered, after: 1s, error: 30005}]",
            Outcome(
                timeline=Timeline(
                    (Step(Status.SENT, 0.0, None, Uniform(1.0, 2.0)), Step(Status.UNDELIVERED, 1.0, 30005))
                )
            ),
        ),
    ],
)
def test_each_key_says_what_happens(then: str, outcome: Outcome) -> None:
    assert first(f"then: {{{then}}}").then.options == ((1.0, outcome),)


def test_outcomes_have_their_weights() -> None:
    options = first("then: {outcomes: [{weight: 95, timeline: []}, {weight: 0.5, refuse: 21211}, {fault: reset}]}").then

    assert [weight for weight, _ in options.options] == [95.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("then", "wanted"),
    [
        ("{}", "wanted a timeline, a code to refuse with, a fault, callbacks, a reply or outcomes"),
        ("refuse: 30007", "30007 comes with a status later"),
        ("refuse: 99999", "wanted one of Twilio's error codes"),
        ("refuse: {}", "wanted either a code of Twilio's or an HTTP status"),
        ("refuse: {code: 21211, status: 503}", "wanted either a code of Twilio's or an HTTP status"),
        ("refuse: {status: 200}", "wanted one of the HTTP statuses"),
        ("refuse: 21211, timeline: []", "what is refused has no life"),
        ("refuse: 21211, reply: YES", "what is refused has no life"),
        ("fault: explode", "fault: wanted one of 'reset_before_reading', 'reset'"),
        ("fault: {}", "wanted a kind of fault, a latency or a drip"),
        ("fault: {kind: reset, status: 503}", "wanted a status only with kind: html"),
        ("fault: {kind: half_body, commit: true}", "wanted commit only with what hides the answer"),
        ("fault: {kind: reset_before_reading, latency: 1s}", "no latency and no drip with reset_before_reading"),
        ("reply: ''", "wanted a body of 1 to 1600 characters, or media"),
        ("outcomes: []", "wanted outcomes alone"),
        ("outcomes: [{refuse: 21211}], reply: YES", "wanted outcomes alone"),
        ("outcomes: [{weight: 0, refuse: 21211}]", "wanted a weight above 0"),
        ("outcomes: [{weight: 1}, {weight: -1, refuse: 21211}]", "wanted a weight above 0"),
        ("timeline: [{status: delivered}]", "delivered may not follow queued"),
        ("timeline: [{status: failed}]", "wanted an error code with failed"),
        ("timeline: [{status: sent, error: 30007}]", "wanted no error code with sent"),
    ],
)
def test_what_cannot_happen_is_refused_with_its_place(then: str, wanted: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(f"then: {then if then == '{}' else f'{{{then}}}'}")

    assert all(problem.startswith("f.yaml:3:") for problem in caught.value.problems)
    assert wanted in str(caught.value)


@pytest.mark.parametrize(
    ("rule", "asks"),
    [
        ("then: {refuse: 21211}", Asks.CREATE),
        ("request: read, then: {refuse: {status: 503}}", Asks.READ),
        ("request: any, when: {every: 10}, then: {fault: {latency: 1s}}", Asks.ANY),
        ("then: {fault: reset_before_reading}", Asks.ANY),
    ],
)
def test_a_rule_is_about_messages_or_requests(rule: str, asks: Asks) -> None:
    assert first(rule).request is asks


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("request: any, when: {to: '+1*', per: to}, then: {refuse: 20429}", "and between, not to, per"),
        ("request: read, when: {segments: 1}, then: {refuse: 20429}", "and between, not segments"),
        ("when: {body: x}, then: {fault: reset_before_reading}", "is decided before a message is read"),
        ("request: any, then: {timeline: []}", "no message comes of it"),
        ("request: any, then: {fault: {kind: reset, commit: true}}", "no message comes of it"),
        ("then: {fault: reset_before_reading, reply: YES}", "no message comes of it"),
        ("then: {outcomes: [{fault: reset_before_reading}, {refuse: 21211}]}", "wanted reset_before_reading alone"),
        ("request: write, then: {refuse: 21211}", "request: wanted one of 'create', 'read' or 'any'"),
    ],
)
def test_what_cannot_be_known_of_a_request_is_refused(rule: str, wanted: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(rule)

    assert wanted in str(caught.value)


def test_rules_of_one_name_are_told_apart() -> None:
    rules = "[{name: a, then: {refuse: 21211}}, {name: a, then: {refuse: 21610}}, {then: {refuse: 21610}}]"
    scenario = parse_scenario(f"about: x.\nrules: {rules}\ndefaults: {{timeline: []}}\n")

    assert [rule.name for rule in scenario.rules] == ["a", "a (2)", "rule 3"]
