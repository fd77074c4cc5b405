"""What Hypothesis draws for users: messages that are taken, and worlds that are worlds."""

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.form import Form
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.strategies import messages, scenario_texts, scenarios
from tests.fake_twilio.doubles import Town
from twilio_sms.errors import TwilioError


def form_of(message: dict[str, str]) -> Form:
    return (("To", message["to"]), ("From", message["from_"]), ("Body", message["body"]))


@given(messages())
def test_each_message_is_taken(message: dict[str, str]) -> None:
    assert Town().engine.accept(form_of(message)).to == message["to"]


@given(scenarios())
def test_each_scenario_is_one(scenario: Scenario) -> None:
    assert scenario.otherwise.options


@given(scenario_texts())
def test_a_text_can_be_kept_as_a_file(text: str) -> None:
    assert parse_scenario(text).about == "a world that chance made"


@given(scenarios(faults=False))
def test_without_faults_no_connection_breaks(scenario: Scenario) -> None:
    assert all(outcome.fault is None for rule in scenario.rules for _, outcome in rule.then.options)


def has(part: str) -> bool:
    """Whether the text of some scenario has *part*."""
    drawn = settings(max_examples=2000, phases=[Phase.generate])  # no need for a small one
    return part in find(scenario_texts(), lambda text: part in text, settings=drawn)


@pytest.mark.parametrize("part", ["refuse:", "fault:", "error:", "duplicate:", "probability:", "per:", "late:"])
def test_much_may_happen(part: str) -> None:
    assert has(part)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scenario=scenarios(), sent=st.lists(messages(), min_size=1, max_size=3))
def test_a_fake_plays_each_of_them(
    fake_twilio: FakeTwilioFixture, scenario: Scenario, sent: list[dict[str, str]]
) -> None:
    fake_twilio.reset(scenario, seed=7)
    with fake_twilio.client() as client:
        for message in sent:
            try:
                client.messages.send(**message)
            except TwilioError:
                continue
    fake_twilio.settle("3d")

    assert all(not message.plan for message in fake_twilio.messages)
