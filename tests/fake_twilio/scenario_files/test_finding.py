"""Which file the name of a scenario means."""

from pathlib import Path

import pytest

from fake_twilio.scenario_files.finding import bundled, find_scenario, named_file
from fake_twilio.scenario_files.load import load_scenario
from fake_twilio.scenario_files.problems import ScenarioError

GOOD = "about: x\ndefaults: {timeline: []}\n"


def refused(name: str) -> str:
    """Return what is said of a name that leads to nothing."""
    with pytest.raises(ScenarioError) as error:
        load_scenario(name)
    (problem,) = error.value.problems
    return problem


def test_a_name_with_a_typo_gets_a_hint() -> None:
    assert refused("deliverd") == "deliverd: no such file, nor a scenario of this name; did you mean delivered?"


def test_a_name_far_from_any_is_told_what_there_is() -> None:
    assert refused("zzz").endswith(f"fake-twilio list names the {len(bundled())} that come along")


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000], ids=["empty", "null", "too long"])
def test_what_can_be_no_file_is_not_found(name: str) -> None:
    assert "no such file" in refused(name)
    assert len(refused(name)) < 600
    assert refused(name).isprintable()


def test_a_folder_is_no_scenario_unless_one_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "delivered").mkdir()
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)

    assert find_scenario("delivered") == bundled()["delivered"]
    assert refused("mine") == "mine:1:1: wanted a regular file, not a folder"
    assert refused(".") == ".:1:1: wanted a regular file, not a folder"


@pytest.mark.parametrize("name", ["Mine", "../mine", "a/mine", ".mine", "-mine", "m" * 65])
def test_a_name_is_short_and_leads_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / "scenarios" / f"{name}.yaml"
    (tmp_path / "scenarios" / "a").mkdir(parents=True)
    path.write_text(GOOD, "utf-8")
    monkeypatch.chdir(tmp_path)

    assert "no such file" in refused(name)
    assert load_scenario(path).about == "x"


def test_a_name_may_have_dots_dashes_and_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scenarios" / "2.my-own_one.yaml"
    path.parent.mkdir()
    path.write_text(GOOD, "utf-8")
    monkeypatch.chdir(tmp_path)

    assert load_scenario("2.my-own_one").name == "2.my-own_one"


def test_a_name_is_one_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("delivered").write_text("about: a file with no extension\n")

    assert named_file("delivered") == bundled()["delivered"]
    assert named_file("./delivered") is None
    assert named_file("nobody") is None


def test_a_name_leads_to_nothing_outside_of_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "elsewhere.yaml").write_text(GOOD)
    (tmp_path / "scenarios" / "linked.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    monkeypatch.chdir(tmp_path)

    assert named_file("linked") is None
    assert find_scenario("scenarios/linked.yaml")  # a path is taken as it is


@pytest.mark.parametrize("name", ["con", "nul.first", "com1", "lpt9.x"])
def test_a_name_is_none_that_windows_keeps_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / f"{name}.yaml").write_text(GOOD)
    monkeypatch.chdir(tmp_path)

    assert named_file(name) is None
