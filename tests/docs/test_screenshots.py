"""The pictures of the inspector: each view has one in light and one in dark, and pages show both."""

import re

import pytest

from docs.screenshots import MAX_BYTES, PICTURES, SCHEMES, files_of
from fake_twilio.inspector.navigation import SECTIONS
from tests.docs.pages import ROOT, page

SHOWN = re.compile(
    r'<picture>\n<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)_dark\.png">\n'
    r'<img src="([^"]+)_light\.png"(?: width="49%")? alt="[^"]{20,}">\n</picture>\n'
)
ALL_PAGES = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]


def shown_in(name: str) -> list[str]:
    """Return the pictures that a page shows in both schemes, by their paths without scheme."""
    found = SHOWN.findall(page(name))
    assert all(dark == light for dark, light in found)
    assert page(name).count("<img") == page(name).count("<source") == len(found)
    return [light for _, light in found]


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_view_has_a_picture_that_loads_quickly(picture: str, scheme: str) -> None:
    data = files_of(picture)[scheme].read_bytes()

    assert data.startswith(b"\x89PNG")
    assert len(data) <= MAX_BYTES


def test_each_section_has_a_picture_of_its_own() -> None:
    assert len(set(PICTURES)) == len(PICTURES) == len(SECTIONS) + 2


def test_no_picture_is_left_of_a_view_that_is_gone() -> None:
    wanted = {path for picture in PICTURES for path in files_of(picture).values()}

    assert set((ROOT / "docs" / "images").glob("*.png")) == wanted


def test_the_page_on_the_inspector_shows_all() -> None:
    assert sorted(shown_in("docs/inspector.md")) == sorted(f"images/{picture}" for picture in PICTURES)


@pytest.mark.parametrize("name", ALL_PAGES)
def test_a_picture_that_is_shown_is_there(name: str) -> None:
    shown = [ROOT.joinpath(name).parent / f"{path}_{scheme}.png" for path in shown_in(name) for scheme in SCHEMES]

    assert [path for path in shown if not path.is_file()] == []
