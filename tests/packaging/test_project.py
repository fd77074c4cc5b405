"""What pyproject.toml says of the project is read once, and holds."""

import ast
import re
import sys
from importlib.metadata import metadata

import pytest

from tests.packaging.ci import ROOT, ci_module
from twilio_sms.version import __version__

project, extras, shares = (ci_module(name) for name in ("project", "extras", "shares"))


def test_each_extra_has_a_program_that_shows_what_it_is_for() -> None:
    assert sorted(extras.ALONE) == ["", *project.extras()]


@pytest.mark.parametrize("extra", extras.ALONE)
def test_a_program_of_an_extra_is_python(extra: str) -> None:
    assert ast.parse(extras.ALONE[extra]).body


def test_the_pythons_that_are_promised_begin_with_the_lowest_that_is_required() -> None:
    assert project.SETTINGS["project"]["requires-python"] == f">={project.pythons()[0]}"
    assert project.pythons() == ["3.11", "3.12", "3.13"]
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in project.pythons()


def test_each_dependency_says_from_which_version_on() -> None:
    settings = project.SETTINGS["project"]
    of_extras = settings["optional-dependencies"].values()
    asked = [*settings["dependencies"], *(each for extra in of_extras for each in extra)]

    assert [each for each in asked if ">=" not in each and not each.startswith("twilio-sms[")] == []


def test_the_version_has_one_place() -> None:
    assert project.version() == __version__
    assert project.SETTINGS["project"]["dynamic"] == ["version"]
    assert metadata("twilio-sms")["Version"] == __version__


def test_the_changelog_begins_with_this_version() -> None:
    headings = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)

    unreleased, (newest, day), *_ = headings
    assert unreleased == ("Unreleased", "")
    assert (newest, bool(day)) == (__version__, True)


def test_the_version_stands_nowhere_else_in_what_is_shipped() -> None:
    sources = [path for folder in ("twilio_sms", "fake_twilio") for path in (ROOT / folder).rglob("*.py")]
    written = [path.relative_to(ROOT) for path in sources if f'"{__version__}"' in path.read_text("utf-8")]

    assert [str(path) for path in written] == [project.SETTINGS["tool"]["hatch"]["version"]["path"]]


@pytest.mark.parametrize("folder", [*shares.ALL, *shares.QUICK])
def test_the_tests_that_other_versions_must_pass_are_there(folder: str) -> None:
    assert (ROOT / folder).exists()


def test_the_quick_share_is_a_part_of_all() -> None:
    assert [folder for folder in shares.QUICK if not folder.startswith(shares.ALL)] == []
