"""Tests of files that are put together: which part of which counts, and where it stands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.scenario_files.load import load_scenario, parse_scenario
from tests.fake_twilio.scenario_files.file_trees import GOOD, RULE, problems, write


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
