"""The page of what is promised: each figure is there once, and what shows it is a test that is there."""

import re

import pytest

from tests.contract.test_wrong_credentials import SHAPES
from tests.docs.pages import ROOT, page
from tests.e2e.browser.payloads import PAYLOADS
from tests.fake_twilio.scenario_files.hostile import FILES, NO_FILES
from tests.vectors.targets import cases

PAGE = page("docs/security.md")
ROWS = re.findall(r"^\| (G\d+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
WANTED = [f"G{number}" for number in range(30, 42)]


def test_each_figure_of_the_fake_is_there_once() -> None:
    assert [figure for figure, _, _ in ROWS] == WANTED


@pytest.mark.parametrize(("figure", "shown"), [(figure, shown) for figure, _, shown in ROWS], ids=WANTED)
def test_what_shows_a_figure_is_a_test_that_is_there(figure: str, shown: str) -> None:
    files = re.findall(r"`([^`]+)`", shown)

    assert files
    assert [file for file in files if not re.search(r"/test_\w+\.py$", file) or not (ROOT / file).is_file()] == []


@pytest.mark.parametrize(("figure", "promise"), [(figure, promise) for figure, promise, _ in ROWS], ids=WANTED)
def test_the_command_for_the_long_form_is_there(figure: str, promise: str) -> None:
    targets = re.findall(r"`make ([a-z-]+)`", promise)
    modules = re.findall(r"`python -m ([\w.]+)`", promise)

    made = (ROOT / "Makefile").read_text("utf-8")
    assert [target for target in targets if f"\n{target}: " not in made] == []
    assert [module for module in modules if not (ROOT / f"{module.replace('.', '/')}.py").is_file()] == []


def test_the_numbers_of_the_page_are_not_greater_than_those_of_the_tests() -> None:
    assert len(cases()) >= 700
    assert len(PAYLOADS) >= 500
    assert len(FILES) + len(NO_FILES) >= 40
    assert len(SHAPES) >= 17


@pytest.mark.parametrize("name", ["SECURITY.md", "CONTRIBUTING.md"])
def test_links_of_the_pages_at_the_root_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page(name))

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
    assert f"({name})" in page("README.md")


def test_no_address_is_made_up_to_report_to() -> None:
    assert "@" not in page("SECURITY.md")
