"""Tests of what a scenario file may say about numbers that are looked up."""

from typing import Any

import pytest
from pydantic import ValidationError

from fake_twilio.domain.twilio.lookup import LineType
from fake_twilio.domain.twilio.lookup_facts import LookupFacts, LookupRule
from fake_twilio.domain.values.patterns import Glob
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.lookups import LookupPart

NUMBER = "+15550600001"


def test_an_entry_becomes_facts_about_its_numbers() -> None:
    text = f"""
about: x.
lookups:
  - number: [{NUMBER}, +44*]
    type: mobile
    carrier: T-Mobile
    mcc: 310
    mnc: 260
    caller_name: Sergio Suarez
    caller_type: CONSUMER
    sim_swapped: true
    sim_swap_date: 2020-04-27T10:18:50Z
    sim_swap_period: PT48H
    call_forwarding: true
    line_status: inactive
    identity_match: exact_match
    identity_score: 100
    reassigned: yes
    sms_pumping_risk_score: 61
    carrier_risk: moderate
    number_blocked: true
    error: 60601
  - {{number: "*", valid: false}}
defaults: {{timeline: []}}
"""
    one, two = parse_scenario(text).lookups

    assert one == LookupRule(
        (Glob(NUMBER), Glob("+44*")),
        LookupFacts(
            valid=True,
            line_type=LineType.MOBILE,
            carrier="T-Mobile",
            mcc="310",
            mnc="260",
            caller_name="Sergio Suarez",
            caller_type="CONSUMER",
            sim_swapped=True,
            sim_swap_date="2020-04-27T10:18:50Z",
            sim_swap_period="PT48H",
            call_forwarding=True,
            line_status="inactive",
            identity_match="exact_match",
            identity_score=100,
            reassigned="yes",
            sms_pumping_risk_score=61,
            carrier_risk="moderate",
            number_blocked=True,
            error=60601,
        ),
    )
    assert two == LookupRule((Glob("*"),), LookupFacts(valid=False))


def test_an_entry_that_says_nothing_more_makes_its_numbers_valid() -> None:
    assert LookupPart.model_validate({"number": NUMBER}).to_rule().facts == LookupFacts(valid=True)


@pytest.mark.parametrize(
    ("key", "text", "wanted"),
    [
        ("type", "Mobile", "wanted one of landline, mobile, fixedVoip"),
        ("valid", "yes", "wanted true or false"),
        ("mcc", "3100", "wanted the three digits of a mobile country code"),
        ("mnc", "2", "wanted the two or three digits of a mobile network code"),
        ("caller_type", "consumer", "wanted one of CONSUMER, BUSINESS, UNDETERMINED"),
        ("sim_swap_date", "2020-04-31T10:18:50Z", "wanted a moment in UTC such as 2020-04-27T10:18:50Z"),
        ("sim_swap_date", ["2020"], "wanted a moment in UTC"),
        ("sim_swap_period", "48h", "wanted hours as an ISO 8601 duration, such as PT24H"),
        ("line_status", "on", "wanted one of active, inactive, reachable, unreachable, unknown"),
        ("identity_match", "yes", "wanted one of exact_match"),
        ("identity_score", "101", "wanted a score from 0 to 100"),
        ("sms_pumping_risk_score", "-1", "wanted a score from 0 to 100"),
        ("sms_pumping_risk_score", "\u0661", "wanted a score from 0 to 100"),
        ("carrier_risk", "none", "wanted one of low, mild, moderate, high"),
        ("reassigned", "true", "wanted one of yes, no, no_data_available"),
        ("error", "30007", "wanted one of 60600, 60601"),
        ("carrier", "T-Mobile", "wanted a type that has a carrier: landline, mobile, fixedVoip, nonFixedVoip"),
    ],
)
def test_a_value_that_means_nothing_is_refused(key: str, text: Any, wanted: str) -> None:
    with pytest.raises(ValidationError) as caught:
        LookupPart.model_validate({"number": NUMBER, key: text})

    (problem,) = caught.value.errors()
    assert wanted in problem["msg"]


@pytest.mark.parametrize("kind", list(LineType)[4:])
def test_the_last_eight_kinds_take_no_carrier(kind: LineType) -> None:
    with pytest.raises(ValidationError, match="wanted a type that has a carrier"):
        LookupPart.model_validate({"number": NUMBER, "type": kind.value, "mcc": "310"})
