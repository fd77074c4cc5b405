"""Tests of what a scenario says that was hardly meant."""

from pathlib import Path

import pytest

from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import parse_reading, read_scenario
from fake_twilio.scenario_tools.doubts import doubts

HEAD = "about: x.\ndefaults: {timeline: []}\n"


def told(text: str) -> list[str]:
    return [doubt.told(file) for file, doubt in doubts(parse_reading(HEAD + text, name="f", file="f.yaml"))]


def test_a_rule_that_is_never_reached_is_told_with_the_line_of_the_other() -> None:
    rules = "  - {name: wide, when: {to: +1555*}, then: {refuse: 21211}}\n"
    rules += "  - {when: {to: +15551*}, then: {refuse: 21610}}\n"

    assert told(f"rules:\n{rules}") == [
        "f.yaml:5:5: rules.1: 'rule 2' is never reached: 'wide' (line 4) takes all that it would"
    ]


def test_rules_of_phases_go_before_the_others() -> None:
    rule = "{then: {refuse: 21211}}"

    (line,) = told(f"rules: [{rule}]\nphases:\n  - {{name: always, rules: [{rule}]}}\n")

    assert line == "f.yaml:3:9: rules.0: 'rule 1' is never reached: 'always' (line 5) takes all that it would"


def test_a_time_outside_of_its_phase_never_comes() -> None:
    (line,) = told(
        "phases: [{name: p, from: 10s, until: 20s, rules: [{when: {between: [30s, 40s]}, then: {refuse: 21211}}]}]\n"
    )

    assert line.startswith("f.yaml:3:51: phases.0.rules.0: 'p' never applies: its time is over before it begins")


def test_variables_of_no_use_are_told() -> None:
    assert told("vars: {used: 21211, idle: 1s}\nrules: [{then: {refuse: '${used}'}}]\n") == [
        "f.yaml:3:21: vars.idle: no value has ${idle}"
    ]


@pytest.mark.parametrize("fault", ["hang", "{latency: 31s}", "{latency: 20s, drip: 20s}", "{drip: 'uniform(0s, 40s)'}"])
def test_faults_that_outlast_most_clients_are_told(fault: str) -> None:
    (line,) = told(f"rules: [{{then: {{fault: {fault}}}}}]\n")

    assert line.endswith("clients wait in real time, until they time out")


@pytest.mark.parametrize("fault", ["reset", "{latency: 30s}", "{drip: 'lognormal(5s, 1)'}"])
def test_other_faults_are_not(fault: str) -> None:
    assert told(f"rules: [{{then: {{fault: {fault}}}}}]\n") == []


def test_a_doubt_about_an_included_file_is_told_with_its_place_there(tmp_path: Path) -> None:
    rule = "rules:\n  - {then: {refuse: 21211}}\n"
    (tmp_path / "more.yaml").write_text(rule, "utf-8")
    main = tmp_path / "main.yaml"
    main.write_text(f"{HEAD}include: ./more.yaml\n{rule}", "utf-8")

    ((file, doubt),) = doubts(read_scenario(main))

    assert (Path(file).name, doubt.place.line) == ("more.yaml", 2)
    assert doubt.wanted.endswith("main.yaml, line 5) takes all that it would")


@pytest.mark.parametrize("name", sorted(bundled()))
def test_no_bundled_scenario_has_a_rule_that_is_never_reached(name: str) -> None:
    assert [doubt for _, doubt in doubts(read_scenario(name)) if "never" in doubt.wanted] == []
