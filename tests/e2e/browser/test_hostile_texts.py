"""Five hundred texts that would like to be scripts, wherever a text may stand: none of them runs."""

from typing import Any

from playwright.sync_api import expect

from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.payloads import COUNT, PAYLOADS, intruders_in
from tests.e2e.browser.watched import Watched

HOST = "http://127.0.0.1:9"
PATHS = ("/", "/charts", "/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/?status=%22onfocus=alert(1)%20autofocus")


def fill(fake: FakeTwilio) -> None:
    """Let every payload be a text, and the address of a picture."""
    fake.freeze()
    for payload in PAYLOADS:
        base = (("To", RECIPIENT), ("From", SENDER), ("Body", payload))
        fake.submit((*base, ("MediaUrl", f"{HOST}/{payload}")))


def test_no_text_becomes_a_script(watched: Watched, fake: FakeTwilio) -> None:
    fill(fake)
    assert len(PAYLOADS) == len(set(PAYLOADS)) == COUNT
    page = watched.open()
    shown = set(texts_of(page))

    while (older := page.get_by_role("link", name="Older messages")).count():
        older.click()
        page.wait_for_load_state()
        assert intruders_in(page) == []
        shown.update(texts_of(page))

    assert set(PAYLOADS) <= shown
    for path in PATHS:
        watched.open(path)
        assert intruders_in(page) == []


def test_no_text_becomes_a_script_when_it_comes_live(watched: Watched, fake: FakeTwilio) -> None:
    page = watched.open()
    fake.freeze()
    for payload in PAYLOADS[::10]:
        fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", payload)))

    expect(page.locator("#messages tbody tr")).to_have_count(50)

    assert set(texts_of(page)) == set(PAYLOADS[::10])
    assert intruders_in(page) == []


def test_no_text_becomes_a_script_on_a_phone_that_is_open(watched: Watched, fake: FakeTwilio) -> None:
    page = watched.open(f"/phones/{RECIPIENT}/{SENDER}")
    for payload in PAYLOADS[::10]:
        fake.receive(RECIPIENT, SENDER, payload, [f"{HOST}/{payload}"])

    expect(page.locator(".bubbles .said")).to_have_count(50)

    assert set(page.locator(".bubbles .said").all_text_contents()) == set(PAYLOADS[::10])
    assert intruders_in(page) == []


def test_no_text_becomes_a_script_on_the_page_of_a_message_that_is_open(watched: Watched, fake: FakeTwilio) -> None:
    fake.freeze()
    told = f"{HOST}/{PAYLOADS[2]}"
    fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", PAYLOADS[1]), ("StatusCallback", told)))
    page = watched.open(f"/messages/{fake.messages[0].sid}")
    fake.thaw()

    expect(page.locator(".history .webhook").first).to_contain_text("hostile>alert(1)</script>", timeout=10_000)

    assert intruders_in(page) == []


def texts_of(page: Any) -> list[str]:
    return list(page.locator('#messages td[data-name="text"] a').all_text_contents())
