"""Everybody can read and use each view, in light and in dark; and the judge of that finds what is planted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from docs.screenshots import PICTURES, SCHEMES
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.accessibility import faults_of, focus_faults_of, width_faults_of
from tests.e2e.browser.lived import VIEWS, views_of

Open = Callable[..., Any]
WINDOW = {"width": 1280, "height": 720}
ADD = "const add = (html) => document.querySelector('main').insertAdjacentHTML('beforeend', html);"
FIND = "const find = (selector) => document.querySelector(selector);"
RULE = "const rule = (text) => document.styleSheets[0].insertRule(text, document.styleSheets[0].cssRules.length);"


@pytest.fixture(scope="module")
def pages(browser: Any, lived: FakeTwilio) -> Iterator[dict[str, Any]]:
    """A page for each colour scheme: to start one takes a browser longer than to open a view in it."""
    with ExitStack() as stack:
        contexts = {scheme: browser.new_context(base_url=lived.url, color_scheme=scheme) for scheme in SCHEMES}
        yield {scheme: stack.enter_context(context).new_page() for scheme, context in contexts.items()}


@pytest.fixture
def open_view(pages: dict[str, Any], lived: FakeTwilio) -> Open:
    """What opens a view by its name, with nothing left of the one before."""

    def opened(view: str, scheme: str = "light") -> Any:
        page = pages[scheme]
        page.set_viewport_size(WINDOW)
        page.goto("about:blank")
        page.goto(views_of(lived)[view])
        page.locator("#live", has_text="live").or_(page.locator("#theme:visible")).first.wait_for()
        return page

    return opened


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("view", VIEWS)
def test_it_can_be_read(open_view: Open, view: str, scheme: str) -> None:
    assert faults_of(open_view(view, scheme)) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("view", PICTURES)
def test_the_keyboard_reaches_everything_and_is_seen(open_view: Open, view: str, scheme: str) -> None:
    assert focus_faults_of(open_view(view, scheme)) == []


@pytest.mark.parametrize("view", VIEWS)
def test_it_fits_a_narrow_window(open_view: Open, view: str) -> None:
    assert width_faults_of(open_view(view)) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_came_live_can_be_read(browser: Any, fake: FakeTwilio, scheme: str) -> None:
    fake.freeze()
    with browser.new_context(base_url=fake.url, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("/")
        page.locator("#live", has_text="live").wait_for()
        fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", "hello")))
        page.locator("tr.is-new").wait_for()

        assert faults_of(page) == []


@pytest.mark.parametrize(("wish", "seconds"), [("reduce", "0s"), ("no-preference", "2s")])
def test_nothing_moves_for_who_asked_for_that(browser: Any, lived: FakeTwilio, wish: str, seconds: str) -> None:
    with browser.new_context(base_url=lived.url, reduced_motion=wish) as context:
        page = context.new_page()
        page.goto("/")
        page.evaluate(f"() => {{ {RULE} rule('a {{ transition: color 2s; }}'); }}")

        assert page.evaluate("getComputedStyle(document.querySelector('a')).transitionDuration") == seconds


PLANTED = [
    pytest.param("phone", "find('p.quiet').style.color = '#7b8494'", "contrast", id="pale text"),
    pytest.param("phone", "find('h1').style.color = '#9a9a9a'", "contrast", id="pale large text"),
    pytest.param("phone", "find('main').style.opacity = '0.6'", "contrast", id="text that shines through"),
    pytest.param("phone", "find('body').style.backgroundColor = '#777'", "contrast", id="dark ground"),
    pytest.param(
        "phone", "find('body').style.backgroundImage = 'linear-gradient(red, blue)'", "contrast", id="picture"
    ),
    pytest.param("phone", "find('textarea').style.borderColor = '#d3d7de'", "contrast", id="pale edge of a field"),
    pytest.param("phone", "rule('::placeholder { color: #999; }')", "contrast", id="pale hint in a field"),
    pytest.param("charts", "find('svg text').style.fill = '#8a919c'", "contrast", id="pale text in a chart"),
    pytest.param("charts", "find('polyline').style.stroke = '#a0a6b0'", "contrast", id="pale line in a chart"),
    pytest.param("charts", "find('svg rect').style.fill = '#a0a6b0'", "contrast", id="pale bar in a chart"),
    pytest.param("charts", "rule('.legend li::before { background: #bbb !important; }')", "contrast", id="pale mark"),
    pytest.param("phone", "find('h1').remove()", "heading", id="no h1"),
    pytest.param("phone", "add('<h1>Another</h1>')", "heading", id="two of h1"),
    pytest.param("phone", "add('<h4>Deep</h4>')", "heading", id="a level left out"),
    pytest.param("phone", "find('main').outerHTML = '<div>' + find('main').innerHTML", "landmark", id="no main"),
    pytest.param("phone", "find('nav').removeAttribute('aria-label')", "landmark", id="navigation without a name"),
    pytest.param("phone", "document.documentElement.lang = ''", "lang", id="no language"),
    pytest.param("phone", "document.title = ' '", "title", id="no title"),
    pytest.param("phone", "find('meta[name=viewport]').content += ', maximum-scale=1'", "zoom", id="no zoom"),
    pytest.param("phone", "add('<p id=main>Twice</p>')", "id", id="an id twice"),
    pytest.param("phone", "add('<label for=nowhere>Lost</label>')", "id", id="a label of nothing"),
    pytest.param("phone", "add('<input placeholder=Name>')", "label", id="a field with a hint for a label"),
    pytest.param("phone", "add('<table><tr><td>1</td></tr></table>')", "table", id="a table without heads"),
    pytest.param("phone", "add('<button></button>')", "name", id="a button without a name"),
    pytest.param("phone", "add('<a href=/><span aria-hidden=true>→</span></a>')", "name", id="a link without a name"),
    pytest.param("phone", "add('<svg role=img viewBox=\"0 0 9 9\"></svg>')", "name", id="a picture without a name"),
    pytest.param("phone", "add('<p tabindex=1>First</p>')", "tabindex", id="an order of its own"),
    pytest.param(
        "phone", "rule('.words, .words button { font-size: 6px; padding: 0; gap: 0; }')", "target", id="small buttons"
    ),
]


@pytest.mark.parametrize(("view", "planted", "found"), PLANTED)
def test_a_fault_is_found(open_view: Open, view: str, planted: str, found: str) -> None:
    page = open_view(view)

    page.evaluate(f"() => {{ {ADD} {FIND} {RULE} {planted}; }}")

    assert found in {fault.partition(":")[0] for fault in faults_of(page)}


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param("rule(':focus-visible { outline: none !important; }')", id="no sign"),
        pytest.param("rule(':focus-visible { outline-color: #c0c5cc !important; }')", id="a pale sign"),
        pytest.param("find('nav a').tabIndex = -1", id="out of reach"),
        pytest.param("rule('.words button { position: fixed; left: -500px; }')", id="out of sight"),
    ],
)
def test_a_fault_of_the_focus_is_found(open_view: Open, planted: str) -> None:
    page = open_view("phone")

    page.evaluate(f"() => {{ {FIND} {RULE} {planted}; }}")

    assert focus_faults_of(page) != []


def test_what_is_too_wide_is_found(open_view: Open) -> None:
    page = open_view("phone")

    page.evaluate(f"() => {{ {FIND} find('textarea').style.minWidth = '330px'; }}")

    assert len(width_faults_of(page)) == 1  # at 320, and not at 390
