"""The world in a browser: it is seen, and changed."""

from playwright.sync_api import expect

from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.watched import Watched


def test_a_scenario_is_switched(watched: Watched, fake: FakeTwilio) -> None:
    watched.page.goto("/world")

    watched.page.get_by_label("Let another one decide").select_option("carrier_reject")
    watched.page.get_by_role("button", name="Switch").click()

    expect(watched.page.get_by_role("heading", name="Scenario: carrier_reject")).to_be_visible()
    assert fake.scenario_name == "carrier_reject"


def test_somebody_opts_out_and_in_again(watched: Watched, fake: FakeTwilio) -> None:
    watched.page.goto("/world")
    watched.page.get_by_label("Recipient").fill(RECIPIENT)
    watched.page.get_by_label("Sender or service").fill(SENDER)
    watched.page.get_by_role("button", name="Opt out", exact=True).click()
    expect(watched.page.get_by_role("button", name="Opt in again")).to_be_visible()
    assert [(one.to, one.sender) for one in fake.opt_outs] == [(RECIPIENT, SENDER)]

    watched.page.get_by_role("button", name="Opt in again").click()

    expect(watched.page.get_by_text("Nobody opted out.")).to_be_visible()
    assert fake.opt_outs == ()


def test_who_opts_out_by_a_word_appears_and_can_be_opted_in_again(watched: Watched, fake: FakeTwilio) -> None:
    page = watched.open("/world")
    expect(page.get_by_text("Nobody opted out.")).to_be_visible()

    fake.receive(RECIPIENT, SENDER, "STOP")
    page.get_by_role("button", name="Opt in again").click(timeout=10_000)

    expect(page.get_by_text("Nobody opted out.")).to_be_visible()
    assert fake.opt_outs == ()


def test_what_goes_wrong_appears(watched: Watched, fake: FakeTwilio) -> None:
    page = watched.open("/world")
    expect(page.get_by_text("Nothing went wrong with the webhooks.")).to_be_visible()

    fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", "x"), ("StatusCallback", "http://127.0.0.1:9/status")))

    expect(page.locator("#alerts")).to_contain_text("11205 HTTP connection failure", timeout=10_000)


def test_the_clock_is_frozen_and_what_cannot_be_is_said(watched: Watched, fake: FakeTwilio) -> None:
    watched.page.goto("/world")

    watched.page.get_by_role("button", name="Freeze").click()
    watched.page.wait_for_load_state()
    before = fake.now
    watched.page.get_by_role("button", name="Go on").click()

    expect(watched.page.get_by_role("heading", name="Clock")).to_be_visible()
    assert fake.now >= before
