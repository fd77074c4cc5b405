"""All pages with examples: nothing stands there that no test runs, and links lead somewhere."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, WITH_EXAMPLES, examples, page

TESTS = [ROOT / "tests" / "test_readme.py", *sorted((ROOT / "tests" / "docs").rglob("test_*.py"))]
ALL_PAGES = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
EXPLANATIONS = sorted(f"docs/explanation/{path.name}" for path in (ROOT / "docs" / "explanation").glob("*.md"))
GUIDES = sorted(f"docs/howto/{path.name}" for path in (ROOT / "docs" / "howto").glob("*.md"))


@pytest.mark.parametrize("name", [name for name in WITH_EXAMPLES if name != "docs/scenarios.md"])
def test_each_block_is_an_example(name: str) -> None:
    assert page(name).count("```") == 2 * len(examples(name)) > 0  # those of scenarios.md are loaded, named or not


def test_each_example_has_a_name_of_its_own() -> None:
    names = Counter(example for name in WITH_EXAMPLES for example in examples(name))

    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("name", [name for name in WITH_EXAMPLES if name not in GUIDES])
def test_each_example_is_named_in_a_test(name: str) -> None:
    tests = "".join(path.read_text("utf-8") for path in TESTS)

    assert [example for example in examples(name) if f'"{example}"' not in tests] == []


@pytest.mark.parametrize("name", [*ALL_PAGES, *EXPLANATIONS, *GUIDES])
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page(name))

    assert [target for target in targets if not (ROOT / name).parent.joinpath(target).exists()] == []


@pytest.mark.parametrize("name", [*ALL_PAGES, *EXPLANATIONS, *GUIDES])
def test_a_link_into_a_page_names_one_of_its_headings(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", page(name))
    headings = {target: anchors((ROOT / name).parent / target if target else ROOT / name) for target, _ in links}

    assert [f"{target}#{anchor}" for target, anchor in links if anchor not in headings[target]] == []


def anchors(path: Path) -> set[str]:
    """Return the anchors that a forge makes of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", [*ALL_PAGES, *EXPLANATIONS])
def test_the_readme_leads_to_each_page(name: str) -> None:
    assert name == "README.md" or name.endswith("/index.md") or f"({name})" in page("README.md")
