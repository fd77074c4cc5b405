"""Tests of the JSON Schema: current, as generous as the loader, and strict with keys and words."""

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import jsonschema_rs
import pytest
import yaml

from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from fake_twilio.scenario_tools.schema import schema, schema_text
from tests.fake_twilio.scenario_files.test_load import BAD

SCENARIOS = Path(__file__).parents[3] / "scenarios"
MODELINE = "# yaml-language-server: $schema=schema.json"
VALIDATOR = jsonschema_rs.Draft202012Validator(schema())
HEAD = "about: x\ndefaults: {timeline: []}\n"


class Editor(yaml.SafeLoader):
    """Reads plain values as YAML 1.2 does: numbers, true and false, null, and nothing more."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)$"), list("tf"))
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(null|~|)$"), ["n", "~", ""])
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))


def complaints(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(yaml.load(text, Editor))]


def test_the_schema_that_comes_along_is_of_today() -> None:
    written = (SCENARIOS / "schema.json").read_text("utf-8")

    assert written == schema_text(), "run `fake-twilio schema --output scenarios/schema.json`"


def test_it_is_a_schema_of_the_draft_that_it_names() -> None:
    jsonschema_rs.meta.validate(json.loads(schema_text()))


@pytest.mark.parametrize("path", bundled().values(), ids=bundled().keys())
def test_each_bundled_scenario_names_the_schema_and_fits_it(path: Path) -> None:
    text = path.read_text("utf-8")

    assert text.splitlines()[0] == MODELINE
    assert complaints(text) == []


STEP = "{status: failed, after: 1s, error: 30007}"
GOOD = [
    "numbers: [+15551234567, INFO, 12345]",
    "magic_numbers: true",
    'magic_numbers: "true"',
    "vars: {pause: 30s, count: 3, on: true}\nmagic_numbers: ${on}",
    "include: delivered",
    "include: [delivered, carrier_reject]",
    f"rules: [{{when: {{to: +15551234567, from: [1555, INFO]}}, then: {{timeline: [{STEP}]}}}}]",
    "rules: [{when: {to: +15550000000..+15550009999, segments: 2.., media: 1}, then: {refuse: 21211}}]",
    "rules: [{when: {nth: [1, 3], first: 2, every: 10, per: to, probability: 0.05}, then: {refuse: 21211}}]",
    "rules: [{when: {country: US, number_type: [toll_free], between: [10s, 5m]}, then: {refuse: '21211'}}]",
    "rules: [{when: {probability: 1}, then: {refuse: {status: 503, retry_after: 3s}}}]",
    "rules: [{then: {fault: reset}}, {then: {fault: {kind: html, status: 502, latency: 1s, drip: 'uniform(1s, 2s)'}}}]",
    "rules: [{then: {fault: {kind: reset, commit: true}}}]",
    "rules: [{then: {callbacks: {order: shuffled, duplicate: 3, drop: 0.05, late: 90s, regress: true}}}]",
    "rules: [{then: {callbacks: {bad_signature: [sent], late: {empirical: [1s, 2s]}, before_response: true}}}]",
    "rules: [{then: {callbacks: {missing_optional: {probability: 0.5, statuses: delivered}}}}]",
    "rules: [{then: {reply: 1}}, {then: {reply: {body: 'YES', after: 30s}}}]",
    "rules: [{then: {outcomes: [{weight: 95, timeline: []}, {weight: 0.5, refuse: 21211}]}}]",
    "phases: [{name: outage, from: 10s, until: 40s, rules: [{request: any, then: {refuse: {status: 503}}}]}]",
    "limits: {senders: true, concurrency: 2}",
    "limits: {senders: [{from: '*', rate: 0.05, queue: 1m}]}",
    "lookups: [{number: +1555*, type: mobile, mcc: 310, mnc: '26', reassigned: yes, error: 60600}]",
    "personas: [{number: +15551230000, on: '*confirm*', reply: yes, stop_after: 3}]",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_the_loader_takes_an_editor_takes(text: str) -> None:
    assert complaints(HEAD + text) == []
    assert parse_scenario(HEAD + text)


STRUCTURE = [name for name in BAD if name.startswith(("unknown key", "our word", "no then", "far from"))]
STRUCTURE += ["no keys", "unknown status", "unknown code", "unknown kind of line", "timeline as text", "empty when"]
STRUCTURE += ["number as text", "list as number", "lookups as text", "contents as text", "lookup of no number"]
STRUCTURE += ["empty about", "a list", "nothing", "defaults as text"]


@pytest.mark.parametrize("name", STRUCTURE)
def test_what_the_loader_refuses_for_its_structure_an_editor_refuses(name: str) -> None:
    assert complaints(BAD[name][0])


WRONG = [
    "rules: [{then: {fault: rest}}]",
    "rules: [{then: {fault: {kind: html, status: 200}}}]",
    "rules: [{then: {callbacks: {order: random}}}]",
    "rules: [{then: {callbacks: {drop: [lost]}}}]",
    "rules: [{when: {per: recipient}, then: {refuse: 21211}}]",
    "rules: [{when: {to: []}, then: {refuse: 21211}}]",
    "rules: [{when: {number_type: shortcode}, then: {refuse: 21211}}]",
    "rules: [{request: all, then: {refuse: 21211}}]",
    "phases: [{name: a, rules: []}]",
    "inbound: {url: http://127.0.0.1/, method: PUT}",
    "lookups: [{number: a, reassigned: maybe}]",
    "vars: {a: [b]}",
    "include: {a: b}",
]


@pytest.mark.parametrize("text", WRONG)
def test_other_words_are_refused_by_both(text: str) -> None:
    assert complaints(HEAD + text)
    with pytest.raises(ScenarioError):
        parse_scenario(HEAD + text)


def test_a_file_that_includes_another_need_not_say_everything() -> None:
    assert complaints("include: delivered\n") == []
    assert complaints("numbers: [INFO]\n")
