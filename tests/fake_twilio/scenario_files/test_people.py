"""Tests of what a scenario file may say about people who write."""

import pytest

from fake_twilio.domain.rules.persona import Persona
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.values.patterns import Glob
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from tests.fake_twilio.doubles import APPLICATION_SID, RECIPIENT, SENDER, SERVICE_SID

URL = "http://127.0.0.1:5000/sms"


def parse(text: str) -> Scenario:
    return parse_scenario(f"about: x.\n{text}\ndefaults: {{timeline: []}}\n")


def test_an_address_for_all_numbers() -> None:
    told = parse(f"inbound: {{url: {URL}, method: GET, fallback_url: {URL}, fallback_method: GET}}").number_settings
    short = parse(f"inbound: {{url: {URL}}}").number_settings

    assert told == {"SmsUrl": URL, "SmsMethod": "GET", "SmsFallbackUrl": URL, "SmsFallbackMethod": "GET"}
    assert short == {"SmsUrl": URL, "SmsMethod": "POST", "SmsFallbackMethod": "POST"}


def test_an_application_for_all_numbers() -> None:
    told = parse(f"applications: [{{sid: {APPLICATION_SID}}}]\ninbound: {{application: {APPLICATION_SID}}}")

    assert told.number_settings["SmsApplicationSid"] == APPLICATION_SID
    assert "SmsUrl" not in told.number_settings


def test_people_who_opted_out() -> None:
    told = parse(f'opt_outs: [{{from: "{RECIPIENT}", to: "{SENDER}"}}, {{from: "{RECIPIENT}", to: {SERVICE_SID}}}]')

    assert told.opt_outs == ((RECIPIENT, SENDER), (RECIPIENT, SERVICE_SID))


def test_people_who_answer() -> None:
    told = parse(f"""personas:
  - {{number: "{RECIPIENT}", on: "*confirm*", reply: "YES", after: 30s, stop_after: 3}}
  - {{number: ["+1*", "+44*"], reply: hello}}""")

    assert told.personas == (
        Persona(numbers=(Glob(RECIPIENT),), on=(Glob("*confirm*"),), reply="YES", after_seconds=30.0, stop_after=3),
        Persona(numbers=(Glob("+1*"), Glob("+44*")), reply="hello"),
    )


WRONG = [
    (
        f"applications: [{{sid: {APPLICATION_SID}}}]\ninbound: {{application: {APPLICATION_SID}, fallback_url: {URL}}}",
        "inbound: wanted no fallback_url beside an application",
    ),
    ("inbound: {method: GET}", "inbound: wanted either a url or the SID of an application"),
    ("inbound: {url: x}", "inbound.url: wanted an http or https address"),
    (f"inbound: {{url: {URL}, method: PUT}}", "inbound.method: wanted GET or POST"),
    (f"inbound: {{url: {URL}, metod: GET}}", "inbound.metod: no such key; did you mean method?"),
    (f"inbound: {{application: {APPLICATION_SID}}}", f"under applications, not {APPLICATION_SID}"),
    (f"inbound: {{url: {URL}, application: {APPLICATION_SID}}}", "inbound: wanted either a url or the SID of an app"),
    ("inbound: {application: AP1}", "inbound.application: wanted the SID of an application"),
    (f'opt_outs: [{{from: x, to: "{SENDER}"}}]', "opt_outs.0.from: wanted an E.164 number, not 'x'"),
    (f'opt_outs: [{{from: "{RECIPIENT}", to: "?"}}]', "opt_outs.0.to: wanted a number, a short code or the SID"),
    ('personas: [{number: "+1*"}]', "personas.0.reply: this key is missing"),
    ('personas: [{number: "+1*", reply: ""}]', "personas.0.reply: wanted a reply of 1 to 1600 characters"),
    ('personas: [{number: "+1*", reply: x, stop_after: -1}]', "personas.0.stop_after: wanted a whole number"),
    ('personas: [{number: "+1*", reply: x, after: soon}]', "personas.0.after: wanted a duration"),
]


@pytest.mark.parametrize(("text", "problem"), WRONG)
def test_what_is_wrong_is_said_with_its_place(text: str, problem: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(text)

    assert problem in caught.value.problems[0]
