"""A scenario as one tree, and back as text."""

from pathlib import Path

import pytest

from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario, parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from fake_twilio.shrinking.tree import read_tree, write_tree


@pytest.mark.parametrize("name", bundled())
def test_what_is_written_says_the_same(name: str) -> None:
    assert parse_scenario(write_tree(read_tree(name)), name=name) == load_scenario(name)


def test_includes_are_joined_and_variables_filled_in(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text(
        "personas: [{number: '+15551230000', reply: '${word}'}]\nvars: {word: 'YES'}\n"
    )
    file = tmp_path / "all.yaml"
    file.write_text("about: all\ninclude: people.yaml\ndefaults: {timeline: []}\n")

    assert read_tree(file) == {
        "about": "all",
        "personas": [{"number": "+15551230000", "reply": "YES"}],
        "defaults": {"timeline": []},
    }
    assert read_tree(file, {"word": "NO"})["personas"][0]["reply"] == "NO"


def test_what_is_no_scenario_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("about: all\n")

    with pytest.raises(ScenarioError, match="defaults: this key is missing"):
        read_tree(file)
