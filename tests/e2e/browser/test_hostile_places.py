"""Payloads by every door: what a view shows of them stays a text, and what no view shows was refused at its door.

The tables say how many of the five hundred came through which door, or why none did. The same judge finds pages that
write texts as they are.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Blueprint, Flask

from fake_twilio.inspector.blueprint import _groups, _routes
from fake_twilio.inspector.live import Live
from fake_twilio.inspector.page import SECURITY, Pages
from fake_twilio.inspector.shortened import MOST_ROWS
from fake_twilio.server import FakeTwilio
from fake_twilio.timing.clock import monotonic
from fake_twilio.wire.http_server import Server
from tests.doubles import SENDER
from tests.e2e.browser.crawl import SLASHLESS, Crawl, asked_views, scenario_views, stored_views
from tests.e2e.browser.hostile_world import (
    CHUNKS,
    PERSON,
    SOME,
    fill,
    name_things,
    put_in,
    refused_changes,
    refused_hosts,
    refused_methods,
    refused_sends,
    scenario_text,
    send,
)
from tests.e2e.browser.payloads import COUNT, intruders_in
from tests.e2e.browser.watched import Watched

EXPECTED_404 = "console: Failed to load resource: the server responded with a status of 404 (NOT FOUND)"
SHOWN = {
    # messages that are sent: text, media, status callback, options, parameters that there are not
    **dict.fromkeys(("body", "media", "callback", "option", "parameter"), COUNT),
    # what apps answer: the texts of a redirect and of the error behind it, where it leads, and TwiML
    **dict.fromkeys(("answer", "location", "page", "twiml"), COUNT),
    # messages that come in
    **dict.fromkeys(("inbound", "inmedia"), COUNT),
    # the world: the scenario and its rules, and as many as it shows of who opted out of what and what is not here
    **dict.fromkeys(("name", "about", "rule"), COUNT),
    **dict.fromkeys(("optout", "optoutsender", "route"), MOST_ROWS),
    # what things are called, and where they tell; some of each are brought in, and a view lists the first keys alone
    **dict.fromkeys(("account", "number", "numberhook", "hook"), len(SOME)),
    "service": 42,  # names that are cut to 64 characters
    "key": 20,
    "pattern": 280,  # a rule in words writes quotes in another way
    # what the address of a view says
    **dict.fromkeys(("q", "direction"), COUNT),
    **dict.fromkeys(("url", "parameters", "signature"), len(SOME)),  # test_signature.py brings in all
    **dict.fromkeys(("theirs", "ours"), len(SLASHLESS)),
    # what the address of nothing says; JSON and XML write quotes in another way
    "json": 60,
    "xml": 60,
}
IN_NO_VIEW = {
    "header": "no header is kept",
    "status": "it is compared, not shown",
    "before": "it is compared, not shown",
    "sid": "what is not there is not named",
}
NOBODY = {"sender": PERSON, "recipient": SENDER}
REFUSED: dict[str, tuple[Callable[[FakeTwilio], dict[str, int]], dict[str, int]]] = {
    "a recipient is a number": (lambda fake: refused_sends(fake, "To"), {"21211": COUNT}),
    "a sender has letters, digits and few signs": (lambda fake: refused_sends(fake, "From"), {"21212": COUNT}),
    "media lie on a host": (lambda fake: refused_sends(fake, "MediaUrl", "http://"), {"21620": COUNT}),
    "a callback goes to a host": (lambda fake: refused_sends(fake, "StatusCallback", "http://"), {"21609": COUNT}),
    "who writes has a number": (
        lambda fake: refused_changes(fake, "/receive", lambda payload: {**NOBODY, "sender": payload}),
        {"400": COUNT},
    ),
    "who is written to has a number": (
        lambda fake: refused_changes(fake, "/receive", lambda payload: {**NOBODY, "recipient": payload}),
        {"400": COUNT},
    ),
    "a scenario is asked for by a plain name": (
        lambda fake: refused_changes(fake, "/scenario", lambda payload: {"name": payload}),
        {"400": COUNT},
    ),
    "a scenario has numbers": (
        lambda fake: refused_changes(fake, "/scenario", lambda payload: {"yaml": with_number(payload)}),
        {"400": COUNT},
    ),
    "an opt-out by the API is of a number that a message can go to": (
        lambda fake: refused_changes(fake, "/opt-outs", lambda payload: {"recipient": payload, "sender": SENDER}),
        {"400": COUNT},
    ),
    "only hosts of this machine are served": (refused_hosts, {"403": COUNT}),
    "a method is a word of letters": (refused_methods, {"400": COUNT}),
}
VIEWS = {
    "messages": "/",
    "message": "/messages/{sid}",
    "phones": "/phones",
    "phone": f"/phones/{PERSON}/{SENDER}",
    "world": "/world",
    "search": "/?q=%22%3E%3Cscript%20hostile%3Ealert(1)%3C%2Fscript%3E",
    "workbench": "/signature?url=http://%22%3E%3C/textarea%3E%3Cimg%20hostile%20src=x%20onerror=alert(1)%3E",
    "silent phone": "/phones/%3Cimg%20hostile%20src=x%20onerror=alert(1)%3E/1",
}


def with_number(number: str) -> str:
    return json.dumps({"about": "a number", "numbers": [number], "defaults": {"timeline": []}})


@pytest.fixture
def hostile() -> Iterator[FakeTwilio]:
    """A fake whose scenario is as hostile as what is brought into it."""
    with FakeTwilio(clock="manual", seed=1) as running:
        put_in(running, scenario_text(CHUNKS[0]))
        yield running


@pytest.mark.timeout(400)  # some two hundred pages
def test_every_payload_that_came_in_is_shown_as_a_text(browser: Any, hostile: FakeTwilio) -> None:
    with browser.new_context() as context:
        watched = Watched(context.new_page(), hostile.url)
        crawl = Crawl(watched.page, hostile.url)
        crawl.open_all(scenario_views(hostile))
        put_in(hostile, scenario_text(CHUNKS[0]))
        fill(hostile)
        name_things(hostile)
        crawl.open_all(stored_views(hostile))
        crawl.open_all(asked_views())

    assert crawl.intruders == []
    assert set(watched.trouble()) <= {EXPECTED_404}
    assert {place: len(crawl.seen[place]) for place in SHOWN} == SHOWN
    assert {place: crawl.views[place] for place in IN_NO_VIEW if crawl.views[place]} == {}, "it is shown now: say so"
    assert set(crawl.seen) <= {*SHOWN, *IN_NO_VIEW}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_no_view_can_show_was_refused_at_the_door(hostile: FakeTwilio, reason: str) -> None:
    count, expected = REFUSED[reason]

    assert count(hostile) == expected


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_that_writes_texts_as_they_are_is_found(
    browser: Any, hostile: FakeTwilio, view: str, policy: bool
) -> None:
    send(hostile, CHUNKS[0], callback="")
    hostile.receive(PERSON, SENDER, '"><img hostile src=x onerror=alert(1)>')
    path = VIEWS[view].format(sid=hostile.messages[0].sid)
    with unescaped(hostile, policy=policy) as url, browser.new_context() as context:
        watched = Watched(context.new_page(), url)
        watched.page.goto(f"{url}{path}")

        assert intruders_in(watched.page) != []
        assert watched.trouble() != []


@contextmanager
def unescaped(fake: FakeTwilio, *, policy: bool) -> Iterator[str]:
    """Serve the views of *fake* as they would be without autoescape, and without what tells the browser to be wary."""
    pages = Pages()
    pages._templates.autoescape = False
    naive = Blueprint("naive", __name__)
    for number, route in enumerate(_routes(_groups(fake, pages, Live(fake)))):
        naive.add_url_rule(route.path, f"view{number}", route.view)
    app = Flask("naive")
    app.register_blueprint(naive)
    if not policy:
        app.after_request(without_security)
    server = Server("127.0.0.1", 0, app, monotonic)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop(1.0)


def without_security(response: Any) -> Any:
    for name in SECURITY:
        response.headers.pop(name, None)
    return response
