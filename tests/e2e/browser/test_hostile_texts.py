"""Five hundred texts that would like to be scripts, wherever a text may stand: none of them runs."""

from typing import Any

from playwright.sync_api import expect

from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.payloads import COUNT, PAYLOADS
from tests.e2e.browser.watched import Watched

LEFT_BEHIND = """
document.querySelectorAll("main script, main img, main iframe, main style").length + Number("isRun" in window)
"""
PATHS = ("/", "/charts", "/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/?status=%22onfocus=alert(1)%20autofocus")


def fill(fake: FakeTwilio) -> None:
    """Let every payload be a text, the address of a picture, and a sender."""
    fake.freeze()
    for payload in PAYLOADS:
        base = (("To", RECIPIENT), ("From", SENDER))
        for form in (
            (*base, ("Body", payload), ("MediaUrl", f"http://127.0.0.1:9/{payload}")),
            (*base, ("Body", payload)),
        ):
            try:
                fake.submit(form)
            except Refusal:
                continue


def test_no_text_becomes_a_script(watched: Watched, fake: FakeTwilio) -> None:
    fill(fake)
    assert len(PAYLOADS) == len(set(PAYLOADS)) == COUNT
    page = watched.open()
    shown = set(texts_of(page))

    while (older := page.get_by_role("link", name="Older messages")).count():
        older.click()
        page.wait_for_load_state()
        assert page.evaluate(LEFT_BEHIND) == 0
        shown.update(texts_of(page))

    assert set(PAYLOADS) <= shown
    for path in PATHS:
        watched.open(path)
        assert page.evaluate(LEFT_BEHIND) == 0


def test_no_text_becomes_a_script_when_it_comes_live(watched: Watched, fake: FakeTwilio) -> None:
    page = watched.open()
    fake.freeze()
    for payload in PAYLOADS[::10]:
        fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", payload)))

    expect(page.locator("#messages tbody tr")).to_have_count(50)

    assert set(texts_of(page)) == set(PAYLOADS[::10])
    assert page.evaluate(LEFT_BEHIND) == 0


def texts_of(page: Any) -> list[str]:
    return list(page.locator('#messages td[data-name="text"] a').all_text_contents())
