"""Tests of variables that are filled in."""

from pathlib import Path

import pytest

from fake_twilio.scenario_files.characters import MAX_BYTES
from fake_twilio.scenario_files.load import load_scenario, parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from tests.fake_twilio.scenario_files.file_trees import GOOD, texts, with_bodies, write


def test_a_variable_has_the_value_that_was_set_else_that_of_the_file_else_that_of_what_it_includes(
    tmp_path: Path,
) -> None:
    main = write(
        tmp_path,
        main=f"include: base.yaml\nvars: {{b: main, c: main}}\n{with_bodies('${a} ${b} ${c}')}",
        base="vars: {a: base, b: base, c: base}\n",
    )

    assert texts(load_scenario(main, {"c": "set"})) == ["base main set"]


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ("${x}", "1"),
        ("a${x}${x}b", "a11b"),
        ("$${x}", "${x}"),
        ("$$${x}", "$${x}"),
        ("$x ${} ${ x } ${x $", "$x ${} ${ x } ${x $"),
        ("${y}", "${x}"),
        ("$$ and $", "$$ and $"),
    ],
)
def test_only_a_name_in_braces_is_a_variable(body: str, filled: str) -> None:
    scenario = parse_scenario(f"vars: {{x: 1, y: '${{x}}'}}\n{with_bodies(body)}")

    assert texts(scenario) == [filled]


def test_a_variable_may_stand_for_any_value_but_is_no_yaml() -> None:
    text = "vars: {code: 21211, pause: 2s, many: '[a, b]'}\nabout: x.\nrules:\n  - when: {body: '${many}'}\n"
    text += "    then: {refuse: '${code}'}\ndefaults: {timeline: [{status: sent, after: '${pause}'}]}\n"

    scenario = parse_scenario(text)

    assert texts(scenario) == ["[a, b]"]
    assert (
        scenario.otherwise.options[0][1].timeline
        == parse_scenario(text, settings={"code": "21610"}).otherwise.options[0][1].timeline
    )


def test_keys_are_no_place_for_variables() -> None:
    with pytest.raises(ScenarioError, match=r"f.yaml:2:1: \$\{x\}: no such key"):
        parse_scenario("vars: {x: about}\n${x}: y\nabout: x.\ndefaults: {timeline: []}\n", file="f.yaml")


@pytest.mark.parametrize(
    ("text", "settings", "told"),
    [
        (with_bodies("${y}"), {}, "f.yaml:4:19: rules.0.when.body: no such variable: y; under vars there is none"),
        (f"vars: {{x: 1}}\n{GOOD}", {"y": "1"}, "f.yaml:1:1: no such variable: y; under vars there is x"),
        (f"vars: [x]\n{GOOD}", {}, "f.yaml:1:7: vars: wanted names and values"),
        (f"vars:\n{GOOD}", {}, "f.yaml:1:6: vars: wanted names and values"),
        (f"vars: {{x: [1]}}\n{GOOD}", {}, "f.yaml:1:11: vars.x: wanted a text"),
        (f"vars: {{x-y: 1}}\n{GOOD}", {}, "f.yaml:1:13: vars.x-y: wanted a name of letters, digits and _"),
    ],
)
def test_what_is_no_variable_is_told_with_its_place(text: str, settings: dict[str, str], told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, file="f.yaml", settings=settings)

    assert [problem[: len(told)] for problem in caught.value.problems] == [told]


def test_no_more_than_fifty_unknown_variables_are_told() -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(with_bodies("${y}" * 1_000))

    assert len(caught.value.problems) == 50


def test_variables_make_no_small_file_large() -> None:
    bomb = f"vars: {{x: {'y' * 100_000}}}\n{with_bodies('${x}' * 20_000)}"

    with pytest.raises(ScenarioError, match=rf"f.yaml:5:19: .*wanted at most {MAX_BYTES} characters of variables"):
        parse_scenario(bomb, file="f.yaml")
