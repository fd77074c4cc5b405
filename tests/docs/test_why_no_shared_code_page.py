"""The page about two packages that share no code: its exceptions are those of the import rules."""

import re
import tomllib

import pytest

from tests.docs.pages import ROOT, examples, page, run

NAME = "docs/explanation/why_no_shared_code.md"
PAGE = page(NAME)
EXAMPLES = examples(NAME)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


def test_the_exceptions_are_those_that_the_build_allows() -> None:
    (rule,) = (rule for rule in CONTRACTS if rule["name"] == "the two packages meet only on the wire")
    allowed = {line.replace("fake_twilio.", "").replace("twilio_sms.", "") for line in rule["ignore_imports"]}
    rows = re.findall(r"^\| (`[a-z_.]+`(?:, `[a-z_.]+`)*) \| (`[a-z_.]+`(?:, `[a-z_.]+`)*) \|", PAGE, re.MULTILINE)
    told = {(who, what) for left, right in rows for who in names(left) for what in names(right)}

    assert rule["type"] == "independence"
    assert [line for line in allowed if tuple(line.split(" -> ")) not in told] == []
    assert {name for pair in told for name in pair} == {name for line in allowed for name in line.split(" -> ")}


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_a_whole_fake_loads_of_the_client_no_more_than_the_page_says() -> None:
    assert run(EXAMPLES["what_is_loaded"]) == EXAMPLES["loaded"]


@pytest.mark.parametrize("path", re.findall(r"`(tests/[\w/]+(?:\*?\.py)?)`", PAGE))
def test_the_judges_are_there(path: str) -> None:
    assert list(ROOT.glob(path))
