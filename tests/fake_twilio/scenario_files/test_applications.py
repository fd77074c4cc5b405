"""Tests of what a scenario file may say about applications."""

import pytest

from fake_twilio.domain.accounts.application import ApplicationPlan
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from tests.fake_twilio.doubles import APPLICATION_SID, CALLBACK


def parse(applications: str) -> Scenario:
    return parse_scenario(f"about: x.\napplications:\n{applications}\ndefaults: {{timeline: []}}\n")


def test_an_application_has_what_is_said() -> None:
    (plan,) = parse(f"""
  - sid: {APPLICATION_SID}
    name: shop
    sms_url: {CALLBACK}
    sms_method: GET
    sms_fallback_url: {CALLBACK}
    sms_fallback_method: GET
    status_callback: {CALLBACK}""").applications

    assert plan == ApplicationPlan(
        sid=APPLICATION_SID,
        friendly_name="shop",
        settings={
            "SmsUrl": CALLBACK,
            "SmsMethod": "GET",
            "SmsFallbackUrl": CALLBACK,
            "SmsFallbackMethod": "GET",
            "MessageStatusCallback": CALLBACK,
        },
    )


def test_an_application_of_which_nothing_is_said_has_no_addresses() -> None:
    (plan,) = parse(f"  - {{sid: {APPLICATION_SID}}}").applications

    assert plan.settings == {"SmsMethod": "POST", "SmsFallbackMethod": "POST"}


WRONG = [
    ("  - {sid: AP1}", "applications.0.sid: wanted the SID of an application: AP and 32 hexadecimal digits"),
    ("  - {name: shop}", "applications.0.sid: this key is missing"),
    (f"  - {{sid: {APPLICATION_SID}, sms_url: x}}", "applications.0.sms_url: wanted an http or https address"),
    (f"  - {{sid: {APPLICATION_SID}, sms_method: PUT}}", "applications.0.sms_method: wanted GET or POST"),
    (f"  - {{sid: {APPLICATION_SID}, callback: x}}", "callback: no such key; did you mean status_callback?"),
    (f"  - {{sid: {APPLICATION_SID}, sms_fallback_url: {CALLBACK}}}", "Twilio sets none without it (21406)"),
    (
        f"  - {{sid: {APPLICATION_SID}}}\n  - {{sid: {APPLICATION_SID}}}",
        f"applications: wanted each application once, not {APPLICATION_SID} 2 times",
    ),
]


@pytest.mark.parametrize(("applications", "told"), WRONG, ids=[told.partition(": wanted")[0] for _, told in WRONG])
def test_what_is_wrong_is_told_with_its_place(applications: str, told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(applications)

    (problem,) = caught.value.problems
    assert problem.endswith(told)


def test_wrong_applications_are_told_once_where_numbers_have_one() -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(f"  - {{sid: AP1}}\ninbound: {{application: {APPLICATION_SID}}}")

    assert len(caught.value.problems) == 1
