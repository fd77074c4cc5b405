"""Tests of files that include others."""

from pathlib import Path

import pytest

from fake_twilio.scenario_files import marked
from fake_twilio.scenario_files.characters import MAX_BYTES
from fake_twilio.scenario_files.included import MAX_FILES
from fake_twilio.scenario_files.load import load_scenario
from tests.fake_twilio.scenario_files.file_trees import GOOD, RULE, problems, write


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
