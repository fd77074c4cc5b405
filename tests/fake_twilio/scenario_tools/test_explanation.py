"""Tests of what is said about a scenario, and of which rule a message would take."""

from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.messages.fates import Fates
from fake_twilio.records.incidents import Incidents
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario, parse_scenario
from fake_twilio.scenario_tools.explanation import explained, judged

TEXT = """about: "Things go wrong.\\e[2J"
rules:
  - {name: prizes, when: {body: "*prize*", from: INFO}, then: {refuse: 21610}}
  - {name: the first two, when: {to: "+1555*", first: 2, per: to}, then: {refuse: {code: 20429, retry_after: 3s}}}
  - name: mixed
    when: {to: "+1555*"}
    then: {outcomes: [{weight: 3, timeline: [{status: sent, after: 1s}]}, {weight: 1, fault: reset}]}
  - {name: outage, request: any, when: {every: 10}, then: {refuse: {status: 503}}}
defaults: {timeline: [{status: sent, after: 1s}, {status: delivered, after: 1h}]}
"""
SCENARIO = parse_scenario(TEXT, name="mine")


def message(to: str, body: str = "hello", sender: str = "") -> Envelope:
    return Envelope(to=to, sender=sender, body=body)


def test_each_rule_is_told_with_its_conditions_and_what_happens() -> None:
    told = explained(SCENARIO, 100)

    assert told.splitlines()[0] == "mine: Things go wrong. [2J"
    for line in (
        "1. prizes",
        '   if the sender is "INFO" and the text is "*prize*"',
        "   refused with code 21610",
        '   if the recipient is "+1555*" and its turn is one of the first 2, counted for each recipient',
        "   refused with code 20429, Retry-After 3s",
        "   75%",
        "   25%",
        "      fault: reset",
        "   about every request; if its turn is every 10th",
        "otherwise",
    ):
        assert line in told.splitlines()


def test_no_line_is_wider_than_is_wanted_and_the_text_is_always_the_same() -> None:
    for width in (40, 100):
        for scenario in (SCENARIO, *map(load_scenario, bundled())):
            told = explained(scenario, width)
            assert max(map(len, told.splitlines())) <= width
            assert told == explained(scenario, width)


def test_a_message_is_told_which_rule_takes_it_and_why_others_do_not() -> None:
    lines = judged(SCENARIO, message("+15551234567"), 100).splitlines()

    assert lines[:3] == [
        "1. prizes: no, the sender and the text do not match",
        "2. the first two: takes it if its turn is one of the first 2, counted for each recipient",
        "3. mixed: takes it",
    ]
    assert "If 2. takes it:" in lines
    assert "If 3. takes it:" in lines
    assert "Otherwise:" not in lines


def test_a_message_that_no_rule_takes_lives_as_otherwise() -> None:
    lines = judged(SCENARIO, message("+4915112345678"), 100).splitlines()

    assert lines[2] == "3. mixed: no, the recipient does not match"
    assert lines[3] == "4. outage: is about requests, not about what is in them"
    assert "Otherwise:" in lines
    assert lines[-1].endswith("delivered")


def test_magic_numbers_are_refused_before() -> None:
    told = judged(load_scenario("delivered"), message("+15005550001"), 100)

    assert told == "The message is refused with code 21211 before any rule is asked: magic numbers."


def test_the_rule_is_the_one_that_would_be_played() -> None:
    fates = Fates(seed=1, scenario=lambda: SCENARIO, elapsed=lambda: 0.0, incidents=Incidents(lambda: 0.0))
    envelope = message("+15550000000", "a prize", "INFO")

    assert f"1. {fates.of_message(envelope).rule}: takes it" in judged(SCENARIO, envelope, 100)
