"""Tests of files that include others, and of variables."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.scenario import Scenario
from fake_twilio.scenario_files import marked
from fake_twilio.scenario_files.assembled import MAX_FILES
from fake_twilio.scenario_files.characters import MAX_BYTES
from fake_twilio.scenario_files.load import ScenarioError, load_scenario, parse_scenario

GOOD = "about: main.\ndefaults: {timeline: []}\n"
RULE = "- {name: %s, when: {body: x}, then: {refuse: 21211}}\n"


def write(folder: Path, **files: str) -> Path:
    """Write files by their stems; return the one named main."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder / "main.yaml"


def problems(path: Path, settings: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, settings or {})
    return [problem.removeprefix(f"{path.parent}/") for problem in caught.value.problems]


def texts(scenario: Scenario) -> list[str]:
    return [getattr(pattern, "text", "") for rule in scenario.rules for pattern in rule.when.body]


def with_bodies(*bodies: str) -> str:
    rules = "".join(f"  - {{when: {{body: '{body}'}}, then: {{refuse: 21211}}}}\n" for body in bodies)
    return f"{GOOD}rules:\n{rules}"


def test_lists_are_joined_and_of_the_rest_the_own_counts(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main=f"include: [./one.yaml, two.yaml]\nabout: main.\nnumbers: [SHOP]\nrules:\n{RULE % 'main'}",
        one=f"about: one.\nnumbers: [ONE]\nrules:\n{RULE % 'one'}defaults: {{timeline: []}}\n",
        two=f"about: two.\nrules:\n{RULE % 'two'}defaults: {{refuse: 21211}}\nmagic_numbers: true\n",
    )

    scenario = load_scenario(main)

    assert (scenario.about, scenario.numbers, scenario.magic_numbers) == ("main.", ("SHOP", "ONE"), True)
    assert [rule.name for rule in scenario.rules] == ["main", "one", "two"]
    assert scenario.otherwise.options[0][1].refusal is None


def test_a_bundled_scenario_is_included_by_its_name() -> None:
    scenario = parse_scenario("include: delivered\nabout: x.\n")

    assert scenario.magic_numbers
    assert scenario.otherwise.options[0][1].timeline


def test_what_stands_next_to_a_file_that_is_found_by_name_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scenarios").mkdir()
    write(tmp_path / "scenarios", main="include: ./more.yaml\nabout: x.\n", more=GOOD + f"rules:\n{RULE % 'more'}")
    monkeypatch.chdir(tmp_path)

    assert [rule.name for rule in load_scenario("main").rules] == ["more"]


def test_a_file_that_two_include_counts_once_however_it_is_spelled(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main=f"include: [a.yaml, b.yaml]\n{GOOD}",
        a=f"include: ../{tmp_path.name}/base.yaml\n",
        b="include: ./base.yaml\n",
        base=f"rules:\n{RULE % 'base'}",
    )

    assert [rule.name for rule in load_scenario(main).rules] == ["base"]


@pytest.mark.parametrize("spelling", ["main.yaml", "./main.yaml", "../{}/main.yaml"])
def test_files_that_include_each_other_are_refused(tmp_path: Path, spelling: str) -> None:
    main = write(
        tmp_path, main=f"include: a.yaml\n{GOOD}", a=f"about: a.\ninclude:\n  - {spelling.format(tmp_path.name)}\n"
    )

    (problem,) = problems(main)

    assert problem.startswith("a.yaml:3:5: include.0: ")
    assert problem.endswith("includes this file in its turn")


@pytest.mark.parametrize(
    ("include", "told"),
    [
        ("[nowhere.yaml]", "main.yaml:1:11: include.0: nowhere.yaml: no such file"),
        ("delivred", "main.yaml:1:10: include.0: delivred: no such file, nor a scenario of this name; did you mean"),
        ("{a: b}", "main.yaml:1:10: include: wanted the names of scenario files"),
        ("", "main.yaml:1:9: include: wanted the names of scenario files"),
        ("[[a]]", "main.yaml:1:10: include: wanted the names of scenario files"),
        ("['']", "main.yaml:1:10: include: wanted the names of scenario files"),
        (".", "main.yaml:1:10: include.0: .:1:1: wanted a regular file, not a folder"),
    ],
)
def test_what_cannot_be_included_is_told_with_its_place(tmp_path: Path, include: str, told: str) -> None:
    (problem,) = problems(write(tmp_path, main=f"include: {include}\n{GOOD}"))

    assert problem.startswith(told)


@given(ahead=st.lists(st.integers(0, 3), max_size=4), wrong=st.integers(0, 3))
def test_each_problem_keeps_its_file_line_and_column(
    tmp_path_factory: pytest.TempPathFactory, ahead: list[int], wrong: int
) -> None:
    folder = tmp_path_factory.mktemp("files")
    names = [f"f{number}" for number in range(len(ahead))]
    files = {
        name: f"numbers: [{', '.join(['SHOP'] * count)}]\nrules:\n{RULE % 'x' * wrong}- {{when: {{bdy: x}}}}\n"
        for name, count in zip(names, ahead, strict=True)
    }
    main = write(folder, main=f"include: [{', '.join(f'{name}.yaml' for name in names)}]\n{GOOD}", **files)

    told = problems(main) if names else []

    for name in names:
        assert any(one.startswith(f"{name}.yaml:{3 + wrong}:11: rules.{wrong}.when.bdy: no such key") for one in told)
        assert any(
            one.startswith(f"{name}.yaml:{3 + wrong}:3: rules.{wrong}.then: this key is missing") for one in told
        )
    assert len(told) == 2 * len(names)


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


def test_all_files_together_are_no_larger_than_one(tmp_path: Path) -> None:
    large = f"about: {'x' * (MAX_BYTES // 2)}\n"
    main = write(tmp_path, main=f"include: [a.yaml, b.yaml]\n{GOOD}", a=large, b=large)

    assert problems(main) == [f"main.yaml:1:19: include.1: wanted at most {MAX_BYTES} characters in all files together"]


def test_all_files_together_have_no_more_values_than_one(tmp_path: Path) -> None:
    many = f"numbers: [{', '.join(['A'] * (marked.MAX_NODES // 2))}]\n"
    main = write(tmp_path, main=f"include: [a.yaml, b.yaml]\n{GOOD}", a=many, b=many)

    assert problems(main) == [
        f"main.yaml:1:19: include.1: wanted at most {marked.MAX_NODES} values in all files together"
    ]


def test_so_many_files_are_enough(tmp_path: Path) -> None:
    files = {f"f{number}": f"include: f{number + 1}.yaml\n" for number in range(MAX_FILES)}
    main = write(tmp_path, main=f"include: f0.yaml\n{GOOD}", **files)

    assert problems(main) == [f"f{MAX_FILES - 2}.yaml:1:10: include.0: wanted at most {MAX_FILES} files in all"]
