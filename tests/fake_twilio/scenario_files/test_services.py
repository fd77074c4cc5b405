"""Tests of what a scenario file may say about messaging services."""

import pytest

from fake_twilio.domain.accounts.service import DEFAULTS, ServicePlan
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from tests.fake_twilio.doubles import ACCOUNT_SID, CALLBACK, SENDER, SERVICE_SID

ANOTHER_SID = "MG" + "0e" * 16
ANOTHER = "+15005550010"


def parse(services: str, numbers: str = f"[{SENDER}, {ANOTHER}]") -> Scenario:
    return parse_scenario(f"about: x.\nnumbers: {numbers}\nservices:\n{services}\ndefaults: {{timeline: []}}\n")


def problems(services: str, numbers: str = f"[{SENDER}, {ANOTHER}]") -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse(services, numbers)
    return caught.value.problems


def test_a_service_has_what_is_said_and_else_what_a_new_one_has() -> None:
    (plan,) = parse(f"""
  - sid: {SERVICE_SID}
    name: shop
    numbers: [{ANOTHER}]
    status_callback: {CALLBACK}
    inbound_url: {CALLBACK}
    inbound_method: GET
    fallback_url: {CALLBACK}
    fallback_method: GET
    inbound_on_number: true
    advanced_opt_out: true
    validity: 4h
    sticky_sender: false
    smart_encoding: false
    area_code_geomatch: false""").services

    assert plan == ServicePlan(
        sid=SERVICE_SID,
        friendly_name="shop",
        senders=(ANOTHER,),
        has_advanced_opt_out=True,
        settings={
            "InboundRequestUrl": CALLBACK,
            "InboundMethod": "GET",
            "FallbackUrl": CALLBACK,
            "FallbackMethod": "GET",
            "UseInboundWebhookOnNumber": True,
            "StatusCallback": CALLBACK,
            "ValidityPeriod": 14_400,
            "StickySender": False,
            "SmartEncoding": False,
            "AreaCodeGeomatch": False,
        },
    )


def test_a_service_of_which_nothing_is_said_has_all_numbers() -> None:
    (plan,) = parse(f"  - {{sid: {SERVICE_SID}}}").services

    assert plan.senders == (SENDER, ANOTHER)
    assert plan.to_service(ACCOUNT_SID, 0.0).settings == DEFAULTS


WRONG = [
    (f"  - {{sid: {SERVICE_SID}, inbound_method: PUT}}", "services.0.inbound_method: wanted GET or POST"),
    (f"  - {{sid: {SERVICE_SID}, inbound_url: x}}", "services.0.inbound_url: wanted an http or https address"),
    ("  - {sid: MG1}", "4:11: services.0.sid: wanted the SID of a messaging service: MG and 32 hexadecimal digits"),
    ("  - {name: shop}", "4:5: services.0.sid: this key is missing"),
    (f"  - {{sid: {SERVICE_SID}, validity: 11h}}", "services.0.validity: wanted whole seconds, from 1s to 10h"),
    (f"  - {{sid: {SERVICE_SID}, validity: 500ms}}", "services.0.validity: wanted whole seconds, from 1s to 10h"),
    (f"  - {{sid: {SERVICE_SID}, status_callback: x}}", "status_callback: wanted an http or https address"),
    (f"  - {{sid: {SERVICE_SID}, sticky: false}}", "sticky: no such key; did you mean sticky_sender?"),
    (
        f"  - {{sid: {SERVICE_SID}, numbers: [+15005550099]}}",
        "services: wanted numbers that the scenario lists under numbers, not +15005550099",
    ),
    (
        f"  - {{sid: {SERVICE_SID}, numbers: []}}\n  - {{sid: {SERVICE_SID}, numbers: []}}",
        f"services: wanted each service once, not {SERVICE_SID} 2 times",
    ),
    (
        f"  - {{sid: {SERVICE_SID}}}\n  - {{sid: {ANOTHER_SID}, numbers: [{SENDER}]}}",
        f"services: wanted each number in one service at most, found {SENDER} in two: give each its numbers",
    ),
]


@pytest.mark.parametrize(("services", "told"), WRONG, ids=[told.partition(": wanted")[0] for _, told in WRONG])
def test_what_is_wrong_is_told_with_its_place(services: str, told: str) -> None:
    (problem,) = problems(services)

    assert problem.endswith(told)


def test_wrong_numbers_are_told_once() -> None:
    (problem,) = problems(f"  - {{sid: {SERVICE_SID}}}", "[no/number]")

    assert ": numbers" in problem
