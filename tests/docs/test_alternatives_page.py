"""The page about other tools: each cell has evidence, each evidence a date, and the README says the same."""

import json
import re
from importlib import metadata
from pathlib import Path

import pytest
import twilio

from fake_twilio.domain.rules.failures import ERROR_PATHS
from tests.docs.pages import ROOT, page

PAGE = page("docs/explanation/alternatives.md")
SPECIFICATION = ROOT.parent / "shared" / "reference" / "data" / "openapi" / "twilio_api_v2010_messages.json"


def table(text: str) -> list[list[str]]:
    """Return the cells of the table that compares, row by row, its head first."""
    start = text.index("| | Twilio's messages |")
    lines = text[start:].partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "---" not in line]


ROWS = table(PAGE)
EVIDENCE = dict(re.findall(r"^- \*\*(\w)\*\* (.*?)(?=\n- \*\*|\n\n)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("row", ROWS[1:], ids=[row[0] for row in ROWS[1:]])
def test_each_cell_has_evidence(row: list[str]) -> None:
    keys = [re.fullmatch(r".+ \[(\w)\]", cell) for cell in row[1:]]

    assert len(row) == len(ROWS[0])
    assert all(key is not None and key[1] in EVIDENCE for key in keys)


@pytest.mark.parametrize("key", EVIDENCE)
def test_each_evidence_is_used_and_has_a_date_or_runs_each_time(key: str) -> None:
    told = EVIDENCE[key]

    assert f" [{key}]" in PAGE
    assert re.search(r"2026-\d\d-\d\d|November 2026|Each run of CI|not_simulated\.md", told)


def test_our_own_evidence_is_there() -> None:
    paths = [path for key in "abc" for path in re.findall(r"`(?:tests/contract/)?(test_\w+\*?\.py)`", EVIDENCE[key])]

    assert len(paths) >= 5
    assert [path for path in paths if not list((ROOT / "tests" / "contract").glob(path))] == []


def test_the_failures_are_counted() -> None:
    assert f"{len(ERROR_PATHS)} failures that an app has to live with" in EVIDENCE["c"]


def test_the_readme_says_the_same() -> None:
    without_keys = [[re.sub(r" \[\w\]$", "", cell) for cell in row] for row in ROWS]

    assert table(page("README.md")) == without_keys


def test_the_official_sdk_does_not_read_the_attribute_of_the_recipe() -> None:
    sources = Path(twilio.__path__[0]).rglob("*.py")

    assert f"`twilio` {metadata.version('twilio')}" in PAGE or metadata.version("twilio") > "9.13.0"
    assert [path for path in sources if "api_base_url" in path.read_text("utf-8")] == []


@pytest.mark.skipif(not SPECIFICATION.is_file(), reason="Twilio's description is no part of the project")
def test_the_description_knows_no_refusals_and_no_callbacks() -> None:
    paths = json.loads(SPECIFICATION.read_text("utf-8"))["paths"].values()
    operations = [each for path in paths for each in path.values() if isinstance(each, dict) and "responses" in each]

    assert operations
    assert {status for each in operations for status in each["responses"]} == {"200", "201", "204"}
    assert not any("callbacks" in each for each in operations)


@pytest.mark.parametrize(
    ("figure", "least", "most"),
    [
        ("fake_over_prism_trimmed", 1.0, 99),
        ("fake_over_moto", 1.2, 99),
        ("fake_over_mockoon", 1.0, 99),
        ("fake_over_wiremock", 0.6, 0.9),
    ],
)
def test_what_is_said_of_speed_is_what_was_measured(figure: str, least: float, most: float) -> None:
    told = re.search(rf"^\| `{figure}` \| ([\d.]+) \|", page("docs/performance.md"), re.MULTILINE)

    assert told is not None
    assert least <= float(told[1]) <= most
