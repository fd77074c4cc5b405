"""Every page is reached from the first one, by its tables of contents."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.pages import ROOT

FIRST = ROOT / "docs" / "index.md"
FIRST_PAGES = {*(ROOT / "docs").rglob("*.md"), ROOT / "loadtests" / "README.md", ROOT / "CHANGELOG.md"}
_CONTENTS = re.compile(r"```\{toctree\}\n(.*?)```", re.DOTALL)


def listed(page: Path) -> Iterator[Path]:
    """Yield the pages in the tables of contents of *page*; a name with a star stands for several."""
    for contents in _CONTENTS.findall(page.read_text("utf-8")):
        for entry in (line for line in contents.splitlines() if line and not line.startswith(":")):
            folder = ROOT if entry.startswith("/") else page.parent
            yield from (path.resolve() for path in folder.glob(f"{entry.lstrip('/')}.md"))


def reached() -> set[Path]:
    found, waiting = {FIRST}, [FIRST]
    while waiting:
        new = set(listed(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def test_every_page_is_reached_from_the_first_one() -> None:
    assert {str(path.relative_to(ROOT)) for path in FIRST_PAGES - reached()} == set()


def test_a_page_that_no_table_names_would_be_missed() -> None:
    assert ROOT / "docs" / "nowhere.md" not in reached()
