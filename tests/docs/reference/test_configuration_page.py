"""The page of the configuration is the one that would be made now, and has every setting and every variable."""

import re
from dataclasses import fields
from typing import Any

import pytest

import twilio_sms
from fake_twilio.commands.root import root as fake_twilio
from tests.docs.modules import docs_module
from tests.docs.pages import ROOT, page
from twilio_sms.environment import Settings
from twilio_sms.frameworks.settings import SETTINGS

MAKER, VARIABLES = docs_module("configuration_page"), docs_module("variables")
WRITTEN = page("docs/reference/configuration.md")
SOURCES = [path for package in ("twilio_sms", "fake_twilio") for path in (ROOT / package).rglob("*.py")]
NO_VARIABLES = {"TWILIO_SMS", "TWILIO_SECONDS", "TWILIO_WORDS"}  # a dict of Django's settings, and two constants


def test_the_page_is_the_one_that_would_be_made_now() -> None:
    assert MAKER.page() == WRITTEN, "docs/reference/configuration.md is of another day: run `make docs-reference`"


def test_every_variable_that_the_sources_name_stands_there() -> None:
    text = "".join(path.read_text("utf-8") for path in SOURCES)
    named = set(re.findall(r"\b(?:FAKE_)?TWILIO_[A-Z_]*[A-Z]\b", text)) - NO_VARIABLES

    assert len(named) > 10
    assert [name for name in sorted(named) if f"| `{name}` |" not in WRITTEN] == []


def test_every_option_that_a_variable_stands_for_is_in_the_table() -> None:
    variables = [option.envvar for command in fake_twilio.commands.values() for option in command.params]

    assert [name for name in variables if name and f"| `{name}` | `fake-twilio " not in WRITTEN] == []


def test_the_tables_are_those_of_the_code() -> None:
    assert set(VARIABLES.OF_THE_CLIENT) == {f"TWILIO_{field.name.upper()}" for field in fields(Settings)}
    assert {*VARIABLES.OF_AN_APP, *VARIABLES.OF_THE_CLIENT} == set(SETTINGS)


@pytest.mark.parametrize("kind", MAKER.PARTS, ids=lambda kind: kind.__name__)
def test_every_setting_has_its_line_and_its_default(kind: type[Any]) -> None:
    chapter = WRITTEN.partition(f"\n### {kind.__name__}\n")[2].partition("\n#")[0]
    lines = dict(re.findall(r"^\| `(\w+)` \| `(.+?)` \|", chapter, re.MULTILINE))

    assert list(lines) == [field.name for field in fields(kind)]
    assert {name: eval(default, vars(twilio_sms), _names()) for name, default in lines.items()} == {
        name: getattr(kind(), name) for name in lines
    }


def _names() -> dict[str, Any]:
    return {name: getattr(twilio_sms, name) for name in twilio_sms.__all__}
