"""All how-to guides: each is short, is followed by a test, and asks for packages that there are."""

import re
import tomllib

import pytest

from tests.docs.howto.guide import FILE
from tests.docs.pages import ROOT, examples, page

GUIDES = sorted(path.stem for path in (ROOT / "docs" / "howto").glob("*.md") if path.stem != "index")
BEYOND = {"twilio"}  # what else a reader is asked to install
FEWEST_LINES, MOST_LINES = 40, 120


def test_the_index_leads_to_each_in_words_and_on_the_site() -> None:
    index = page("docs/howto/index.md")
    in_words = re.findall(r"\]\((\w+)\.md\)", index)

    assert in_words == re.findall(r"^(\w+)$", index.partition("{toctree}")[2], re.MULTILINE)
    assert sorted(in_words) == GUIDES != []


@pytest.mark.parametrize("name", GUIDES)
def test_it_is_read_in_five_minutes_and_says_what_is_needed_and_what_goes_wrong(name: str) -> None:
    text = page(f"docs/howto/{name}.md")

    assert text.startswith("# ")
    assert "**You need**" in text
    assert "\n## What goes wrong\n" in text
    assert FEWEST_LINES <= len(text.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", GUIDES)
def test_each_block_is_a_file_an_installation_or_typed_by_its_test(name: str) -> None:
    test = (ROOT / "tests" / "docs" / "howto" / f"test_{name}.py").read_text("utf-8")
    files = {example for _, example in FILE.findall(page(f"docs/howto/{name}.md"))}

    left = {example for example in examples(f"docs/howto/{name}.md") if f'"{example}"' not in test}
    assert {example for example in left - files if not example.endswith("_install")} == set()


@pytest.mark.parametrize("name", GUIDES)
def test_what_is_installed_is_there(name: str) -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    text = "\n".join(re.findall(r"^(?:\$ |.*run: )?pip install (.+)$", page(f"docs/howto/{name}.md"), re.MULTILINE))
    extras = set(re.findall(r"[\w-]+", ",".join(re.findall(r"twilio-sms\[([^]]*)\]", text))))

    assert extras <= set(known)
    assert set(re.sub(r'"twilio-sms(\[[^]]*\])?"', "", text).split()) <= BEYOND
