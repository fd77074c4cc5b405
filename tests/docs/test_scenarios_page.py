"""The page about the language of scenarios: it names every key, and what it shows can be played."""

import re

import pytest

from fake_twilio.domain.fate.chaos import Mischief
from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.rules.scenario import Asks
from fake_twilio.domain.rules.turns import Per
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.wording import known_keys
from tests.docs.pages import examples, page

PAGE = page("docs/scenarios.md")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE))


def parts(part: type[Part] = Part) -> list[type[Part]]:
    """Return every piece of the grammar, without those of other tests."""
    below = [each for each in part.__subclasses__() if each.__module__.startswith("fake_twilio.")]
    return [each for one in below for each in (one, *parts(one))]


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.__name__)
def test_every_key_of_the_grammar_is_named(part: type[Part]) -> None:
    keys = {field.alias or name for name, field in part.model_fields.items()}

    assert keys - NAMED == set()


def test_the_keys_of_each_file_are_named() -> None:
    assert set(known_keys(("rule",))) - NAMED == set()


@pytest.mark.parametrize("words", [Break, Asks, Per], ids=lambda words: words.__name__)
def test_every_word_that_is_a_choice_is_named(words: type[Break | Asks | Per]) -> None:
    assert {word.value for word in words} - NAMED == set()


def test_every_mischief_is_named() -> None:
    assert {mischief.value for mischief in Mischief} - NAMED == set()


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_each_example_loads_and_says_what_it_is_about(block: str) -> None:
    scenario = parse_scenario(block)

    assert scenario.about.endswith(".")


def test_there_are_no_other_blocks() -> None:
    assert PAGE.count("```") == 2 * len(BLOCKS) > 0


def test_the_scenario_loads() -> None:
    scenario = parse_scenario(examples("docs/scenarios.md")["scenario"])

    assert [rule.name for rule in scenario.rules] == ["outage", "rule 1", "rule 2", "rule 3", "rule 4"]
