"""Without script every view can be read: what it is about stands in the page as the server wrote it."""

from collections.abc import Iterator
from typing import Any

import pytest

from docs.screenshots import PICTURES
from fake_twilio.commands.demo_day import SHOP
from fake_twilio.inspector.navigation import SECTIONS
from fake_twilio.server import FakeTwilio
from tests.e2e.browser.lived import CUSTOMER, TEXT, VIEWS, views_of


@pytest.fixture(scope="module")
def plain(browser: Any, lived: FakeTwilio) -> Iterator[Any]:
    """A page in a browser that runs no script, and so keeps nothing from one test to the next."""
    with browser.new_context(base_url=lived.url, java_script_enabled=False) as context:
        yield context.new_page()


def texts(page: Any, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def test_the_messages_are_listed_and_their_statuses_counted(plain: Any, lived: FakeTwilio) -> None:
    plain.goto("/")

    newest = [message.body for message in lived.messages[-50:]][::-1]
    assert plain.locator('#messages td[data-name="text"] a').all_text_contents() == newest
    assert "queued 1" in texts(plain, "#counts a")


def test_the_messages_are_searched_and_turned_to_older_ones(plain: Any, lived: FakeTwilio) -> None:
    plain.goto("/")
    plain.get_by_role("link", name="Older messages").click()
    older = texts(plain, '#messages td[data-name="text"] a')
    plain.get_by_label("Search").fill("code for the door")
    plain.get_by_role("button", name="Find").click()

    assert older[0] == lived.messages[-51].body
    assert texts(plain, '#messages td[data-name="text"] a') == [TEXT, TEXT]


def test_a_message_tells_what_happened(plain: Any, lived: FakeTwilio) -> None:
    plain.goto(views_of(lived)["message in trouble"])

    happened = texts(plain, ".history > li > b")
    assert happened[0] == "POST Messages"
    assert {"queued", "sending", "sent", "delivered"} <= set(happened)
    assert any("answered 500" in one for one in happened)
    assert any("11200" in one for one in happened)


def test_what_a_webhook_said_is_opened(plain: Any, lived: FakeTwilio) -> None:
    plain.goto(views_of(lived)["message in trouble"])
    plain.locator("summary", has_text="Request and answer").first.click()

    assert plain.get_by_text("<h1>Traceback</h1>").first.is_visible()


def test_the_phones_lead_to_one_that_tells_what_was_said(plain: Any) -> None:
    plain.goto("/phones")
    plain.get_by_role("link", name=f"{CUSTOMER} with {SHOP}").click()

    assert texts(plain, ".bubbles .said") == [TEXT, TEXT]
    assert "482913" in texts(plain, ".bubbles .lifted")
    assert texts(plain, ".phone b.trouble") == ["opted out"]


def test_the_world_tells_its_rules_opt_outs_and_alerts(plain: Any, lived: FakeTwilio) -> None:
    plain.goto("/world")

    rows = texts(plain, "main td")
    told = " ".join(texts(plain, "main"))
    assert [rule.name for rule in lived.scenario.rules if rule.name not in told] == []
    assert {CUSTOMER, "11200 HTTP retrieval failure", "GET /v1/Nothing/Here"} <= set(rows)


def test_the_charts_are_drawn_and_have_their_numbers(plain: Any) -> None:
    plain.goto("/charts")
    plain.locator("summary").first.click()

    assert [plain.locator(f"#chart-{key} svg").is_visible() for key in ("traffic", "lag", "statuses")] == [True] * 3
    assert plain.locator("#chart-traffic tbody tr").first.is_visible()
    assert plain.locator("polyline").first.bounding_box()["height"] > 50


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_each_section_is_there_and_leads_to_all_others(plain: Any, section: Any) -> None:
    plain.goto(section.path)

    assert plain.locator("h1").is_visible()
    assert texts(plain, "header nav a") == [one.title for one in SECTIONS]
    assert texts(plain, "header nav a[aria-current]") == [section.title]


@pytest.mark.parametrize("view", PICTURES)
def test_what_needs_script_says_so(plain: Any, lived: FakeTwilio, view: str) -> None:
    plain.goto(views_of(lived)[view])

    works_without = plain.locator('form:not([method="get"])').filter(visible=True).count() == 0
    assert works_without or texts(plain, "noscript") != []


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_offered_that_does_nothing(plain: Any, lived: FakeTwilio, view: str) -> None:
    plain.goto(views_of(lived)[view])

    alone = plain.locator("xpath=//button[not(ancestor::form)]").filter(visible=True)
    assert alone.all_inner_texts() == []
