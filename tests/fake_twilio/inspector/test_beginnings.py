"""A message begins with its request and the rule that took it, or with the person who sent it."""

from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.beginnings import beginning_of
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.doubles import RECIPIENT, Town, create_form, make_message, make_scenario

TWO_RULES = parse_scenario("""about: x
rules:
  - {name: the five, when: {to: "+1555*"}, then: {timeline: []}}
  - {name: all, then: {timeline: []}}
defaults: {timeline: []}
""")


def why(decides_now: Scenario, **changes: str) -> tuple[str, str]:
    """Return what is said of the rule that took a message in `TWO_RULES`."""
    message = Town(TWO_RULES).engine.accept(create_form(**changes))
    rule = list(beginning_of(message, decides_now))[1]
    return rule.title, rule.detail


def test_the_request_comes_first_with_all_its_parameters() -> None:
    form = (*create_form(), ("MaxPrice", "0.05"), ("Bdy", "typo"))

    request, rule = beginning_of(Town().engine.accept(form), make_scenario())

    assert (request.kind, request.title, request.parameters) == ("request", "POST Messages", form)
    assert (rule.title, rule.detail) == ("no rule took it", "the defaults of the scenario decide")


def test_the_rule_is_named_with_why_it_took_the_message() -> None:
    assert why(TWO_RULES) == ("the rule “the five” took it", f'the recipient is "+1555*" ({RECIPIENT})')
    assert why(TWO_RULES, To="+16665550100") == ("the rule “all” took it", "it takes every message")


def test_of_another_scenario_that_decides_now_nothing_is_made_up() -> None:
    rule = "{name: the five, when: {to: x}, then: {timeline: []}}"
    other = parse_scenario(f"about: x\nrules: [{rule}]\ndefaults: {{timeline: []}}")

    assert "no such rule" in why(make_scenario())[1]
    assert "cannot be told" in why(other)[1]


def test_a_fault_that_is_turned_up_is_told_as_such(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.faults["carrier_filter"] = 1.0
    message = fake_twilio.submit(create_form())

    rule = list(beginning_of(message, fake_twilio.scenario))[1]

    assert rule.title == "the rule “fault: carrier_filter” took it"
    assert rule.detail.startswith("it was turned up: ")


def test_what_a_person_sent_has_no_request_and_leads_to_what_it_answers() -> None:
    (sent,) = beginning_of(make_message(direction="inbound", in_reply_to="SM1"), make_scenario())

    assert (sent.title, [link.url for link in sent.links]) == ("+15005550006 sent it", ["/messages/SM1"])


def test_a_reply_leads_to_what_it_answers() -> None:
    request, _ = beginning_of(make_message(direction="outbound-reply", in_reply_to="SM1"), make_scenario())

    assert (request.title, request.links[0].url) == ("the app's answer asked for it", "/messages/SM1")
