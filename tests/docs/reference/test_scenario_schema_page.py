"""The page of the keys of a scenario is the one that would be made now, and has each key in its part."""

import re

import pytest

from fake_twilio.scenario_tools.schema import schema
from tests.docs.modules import docs_module
from tests.docs.pages import page

MAKER = docs_module("scenario_schema_page")
WRITTEN = page("docs/reference/scenario_schema.md")
TREE = schema()
CHAPTERS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", WRITTEN, re.MULTILINE | re.DOTALL))


def keys_of(node: dict[str, object]) -> list[str]:
    """Return the keys that a part of the schema has, also beside a short form."""
    options = [node, *node.get("anyOf", [])]  # type: ignore[misc] # a list, where it is there
    return [key for option in options for key in option.get("properties", {})]


def test_the_page_is_the_one_that_would_be_made_now() -> None:
    assert MAKER.page() == WRITTEN, "docs/reference/scenario_schema.md is of another day: run `make docs-reference`"


def test_there_is_a_chapter_for_each_part_that_has_keys() -> None:
    parts = [name.removesuffix("Part").lower() for name, node in TREE["$defs"].items() if keys_of(node)]

    assert [title.replace(" ", "") for title in CHAPTERS] == ["Thewholefile", *parts]


@pytest.mark.parametrize("title", CHAPTERS)
def test_each_key_has_a_line(title: str) -> None:
    names = {name.removesuffix("Part").lower(): node for name, node in TREE["$defs"].items()}
    node = names.get(title.replace(" ", ""), TREE)

    assert re.findall(r"^\| `(\w+)` \| .+ \|$", CHAPTERS[title], re.MULTILINE) == keys_of(node)


def test_links_lead_to_chapters() -> None:
    anchors = {title.replace(" ", "-") for title in CHAPTERS}

    assert set(re.findall(r"\]\(#([a-z-]+)\)", WRITTEN)) <= anchors


@pytest.mark.parametrize(
    "line",
    [
        "| `segments` | number |  |",
        "| `per` | `to`, `from`, `body`, `service` or `account` |  |",
        "| `to` | text or a list of them |  |",
        "| `then` | [then](#then) | required |",
        "| `commit` | true or false |  |",
        "| `between` | list of text | at most 2 |",
        "| `error` | a [code](errors.md#twilios-codes) |  |",
    ],
)
def test_what_may_stand_there_is_said_in_words(line: str) -> None:
    assert line in WRITTEN
