"""A browser for the tests of the inspector; they are skipped where there is none."""

from collections.abc import Iterator
from shutil import which
from typing import Any

import pytest

from fake_twilio.server import FakeTwilio
from tests.e2e.browser.lived import lived_fake
from tests.e2e.browser.watched import FLAGS, Watched

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: group browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give a browser to a module: as long as it runs, an event loop does, and nobody else can run one."""
    chromium = which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium on this machine")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def fake() -> Iterator[FakeTwilio]:
    """A fake whose time passes, so that what a page shows happens by itself."""
    with FakeTwilio("delivered", clock="real", seed=1) as running:
        yield running


@pytest.fixture(scope="session")
def lived() -> Iterator[FakeTwilio]:
    """A fake in which something of every kind happened; tests look at it and change nothing."""
    with lived_fake() as running:
        yield running


@pytest.fixture
def watched(browser: Any, fake: FakeTwilio) -> Iterator[Watched]:
    """A page of *fake*; at the end of each test nothing may have gone wrong in it."""
    with browser.new_context(base_url=fake.url) as context:
        page = Watched(context.new_page(), fake.url)
        yield page
        assert page.trouble() == []
