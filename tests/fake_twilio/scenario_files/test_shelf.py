"""Scenarios that are at hand as long as their files stay as they are."""

from pathlib import Path
from typing import Any

import pytest

from fake_twilio.scenario_files.load import load_scenario
from fake_twilio.scenario_files.problems import ScenarioError
from fake_twilio.scenario_files.shelf import MANY, Shelf

GOOD = "about: {about}\nvars: {{pause: 1s}}\ndefaults: {{timeline: [{{status: sent, after: '${{pause}}'}}]}}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "world.yaml"
    path.write_text(GOOD.format(about="first"))
    return path


def test_what_has_not_changed_is_not_read_again(file: Path) -> None:
    shelf = Shelf()

    assert shelf.load(file) is shelf.load(str(file))


def test_what_has_changed_is_read_again(file: Path) -> None:
    shelf = Shelf()
    shelf.load(file)
    file.write_text(GOOD.format(about="second, and longer"))

    assert shelf.load(file).about == "second, and longer"


def test_what_was_put_in_its_place_is_read_again(file: Path, tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.load(file)
    other = tmp_path / "other.yaml"
    other.write_text(GOOD.format(about="third"))
    other.replace(file)

    assert shelf.load(file).about == "third"


def test_settings_make_another_world(file: Path) -> None:
    shelf = Shelf()

    assert shelf.load(file, {"pause": "2s"}) is not shelf.load(file)
    assert shelf.load(file, {"pause": "2s"}) == shelf.load(file, {"pause": "2s"})


def test_what_includes_others_is_read_each_time(file: Path, tmp_path: Path) -> None:
    shelf = Shelf()
    whole = tmp_path / "whole.yaml"
    whole.write_text("about: whole\ninclude: ./world.yaml\n")
    before = shelf.load(whole)
    file.write_text(GOOD.format(about="x").replace("1s", "9s"))

    assert shelf.load(whole) != before


def test_what_is_wrong_is_told_each_time(file: Path) -> None:
    shelf = Shelf()
    file.write_text("about: x\n")

    for _ in range(2):
        with pytest.raises(ScenarioError):
            shelf.load(file)


def test_it_holds_so_many_and_no_more(tmp_path: Path) -> None:
    shelf = Shelf()
    for number in range(MANY + 1):
        path = tmp_path / f"{number}.yaml"
        path.write_text(GOOD.format(about=number))
        shelf.load(path)

    assert len(shelf._kept) == 1


@pytest.mark.parametrize("value", [5, 0.2, None, ["1s"], True])
@pytest.mark.parametrize("load", [Shelf().load, load_scenario])
def test_a_setting_that_is_no_text_is_refused(file: Path, load: Any, value: Any) -> None:
    with pytest.raises(TypeError, match="settings: wanted a text as the value of pause, such as '5s'"):
        load(file, {"pause": value})
