"""Tests of the list of the scenarios that come along."""

import json

from click.testing import CliRunner

from fake_twilio.commands.root import root
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario


def test_each_scenario_is_a_line_and_the_lines_are_aligned() -> None:
    result = CliRunner().invoke(root, ["list"])

    names, width = list(bundled()), max(map(len, bundled()))
    lines = result.output.splitlines()
    assert [line[:width].rstrip() for line in lines] == names
    assert [line[width + 2 :] for line in lines] == [load_scenario(name).about for name in names]


def test_json_says_the_same() -> None:
    result = CliRunner().invoke(root, ["list", "--json"])

    told = json.loads(result.output)["scenarios"]
    assert {each["name"]: each["about"] for each in told} == {name: load_scenario(name).about for name in bundled()}
