"""The list of messages in a browser."""

from typing import Any

from playwright.sync_api import expect

from fake_twilio.inspector.live import MOST_ROWS
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.messages_list import MessagesList
from tests.e2e.browser.watched import Watched
from twilio_sms import Client

SHOWN_WITHIN_MILLISECONDS = 1000


def send(fake: FakeTwilio, body: str = "hello", to: str = RECIPIENT) -> str:
    with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client:
        return str(client.messages.send(to=to, from_=SENDER, body=body).sid)


def test_a_message_appears_within_a_second_and_is_delivered_without_a_reload(
    watched: Watched, fake: FakeTwilio
) -> None:
    shown = MessagesList(watched)
    shown.page.evaluate("window.isSame = true")

    sid = send(fake)

    expect(shown.row(sid)).to_be_visible(timeout=SHOWN_WITHIN_MILLISECONDS)
    expect(shown.status(sid)).to_have_text("delivered", timeout=10_000)
    expect(shown.page.locator('#counts [data-status="delivered"]')).to_have_text("delivered 1")
    assert shown.page.evaluate("window.isSame")


def test_a_text_that_is_redacted_or_deleted_is_seen_no_more(watched: Watched, fake: FakeTwilio) -> None:
    redacted, deleted = send(fake, "a secret"), send(fake, "another one")
    shown = MessagesList(watched)
    for sid in (redacted, deleted):
        expect(shown.status(sid)).to_have_text("delivered", timeout=10_000)

    with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client:
        client.messages.redact(redacted)
        client.messages.delete(deleted)

    expect(shown.row(redacted)).to_contain_text("(no text)")
    expect(shown.row(deleted)).to_have_count(0)


def test_what_comes_live_looks_as_the_server_would_write_it(watched: Watched, fake: FakeTwilio) -> None:
    fake.freeze()
    shown = MessagesList(watched)
    media = [("MediaUrl", f"https://app.test/{number}.png") for number in range(2)]

    sid = fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", "a picture"), *media)).sid

    expect(shown.row(sid)).to_contain_text("a picture 2 media")
    live = [" ".join(text.split()) for text in shown.row(sid).locator("td").all_inner_texts()]
    shown.page.reload()
    assert [" ".join(text.split()) for text in shown.row(sid).locator("td").all_inner_texts()] == live


def test_a_flood_is_shown_and_what_is_being_typed_stays(watched: Watched, fake: FakeTwilio) -> None:
    shown = MessagesList(watched)
    shown.page.get_by_label("Search").fill("parc")

    fake.reset("delivered", clock="real")
    for number in range(MOST_ROWS * 3):
        fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", f"number {number}")))

    expect(shown.page.locator('#counts [data-status="delivered"]')).to_have_text("delivered 300", timeout=20_000)
    expect(shown.page.locator('#messages td[data-name="text"]').first).to_have_text("number 299")
    assert shown.page.get_by_label("Search").input_value() == "parc"


def test_a_text_is_found_and_others_are_not_shown(watched: Watched, fake: FakeTwilio) -> None:
    for body in ("the first parcel", "a code"):
        send(fake, body)
    shown = MessagesList(watched)

    shown.search("PARCEL")

    assert shown.texts() == ["the first parcel"]


def test_only_one_status_is_shown_if_it_is_asked_for(watched: Watched, fake: FakeTwilio) -> None:
    sid = send(fake)
    shown = MessagesList(watched)
    expect(shown.status(sid)).to_have_text("delivered", timeout=10_000)
    fake.freeze()
    send(fake, "waits")
    expect(shown.page.locator('#counts [data-status="queued"]')).to_be_visible()
    shown.page.reload()

    shown.search(status="queued")

    assert shown.texts() == ["waits"]


def test_older_messages_are_a_page_away(watched: Watched, fake: FakeTwilio) -> None:
    fake.freeze()
    for number in range(60):
        send(fake, f"number {number}")
    shown = MessagesList(watched)
    newest = shown.texts()

    shown.page.get_by_role("link", name="Older messages").click()
    shown.page.wait_for_load_state()

    assert newest == [f"number {number}" for number in range(59, 9, -1)]
    assert shown.texts() == [f"number {number}" for number in range(9, -1, -1)]


def test_dark_is_kept_over_a_reload(watched: Watched) -> None:
    page = watched.open()
    page.emulate_media(color_scheme="light")
    before = background(page)

    page.get_by_role("button", name="Dark or light").click()
    dark = background(page)
    page.reload()

    assert before == "rgb(255, 255, 255)"
    assert background(page) == dark != before


def background(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_first_key_skips_to_the_content_and_the_next_walk_the_sections(watched: Watched) -> None:
    page = watched.open()

    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Tab")
    first_section = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    assert (skip, first_section) == ("Skip to content", "Messages")
    assert page.evaluate("document.activeElement.id") == "main"


def test_enter_in_the_search_searches(watched: Watched, fake: FakeTwilio) -> None:
    send(fake)
    page = watched.open()

    page.get_by_label("Search").fill("nothing like it")
    page.keyboard.press("Enter")

    expect(page.get_by_text("No message is like that.")).to_be_visible()


def test_a_phone_scrolls_in_one_direction_only(watched: Watched, fake: FakeTwilio) -> None:
    send(fake, "a" * 160)
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 844})

    for path in ("/", "/charts"):
        watched.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_charts_are_drawn_anew_while_messages_come(watched: Watched, fake: FakeTwilio) -> None:
    page = watched.open("/charts")
    expect(page.get_by_text("Nothing to draw yet")).to_be_visible()

    send(fake)

    expect(page.locator("#chart-traffic svg")).to_be_visible(timeout=10_000)
