"""The page of the scenarios that come along is the one that would be made now, and names each of them."""

import runpy
from pathlib import Path

from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario

ROOT = Path(__file__).parents[2]
WRITTEN = (ROOT / "docs" / "bundled_scenarios.md").read_text("utf-8")


def test_the_page_is_the_one_that_would_be_made_now() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "bundled_scenarios_page.py"))["page"]()

    assert made == WRITTEN, "docs/bundled_scenarios.md is of another day: run `make docs-scenarios`"


def test_each_scenario_stands_there_with_its_sentence_and_what_may_be_set() -> None:
    assert [name for name in bundled() if f"`{name}`" not in WRITTEN] == []
    assert [name for name in bundled() if load_scenario(name).about not in WRITTEN] == []
    assert "| latency: 2s, drip: 1s |" in WRITTEN
