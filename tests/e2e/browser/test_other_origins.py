"""A page of another origin: it can neither read the fake nor change it."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from fake_twilio.server import FakeTwilio

ATTACK = """
async ([url]) => {
  const tried = {};
  const attempt = async (name, what) => {
    try { tried[name] = await what(); } catch (error) { tried[name] = "refused"; }
  };
  const json = { method: "POST", body: "{}", headers: { "Content-Type": "application/json", "X-Fake-Twilio": "1" } };
  await attempt("read", async () => (await fetch(`${url}/`)).text());
  await attempt("read_opaque", async () => (await (await fetch(`${url}/`, { mode: "no-cors" })).text()) || "refused");
  await attempt("changes", async () => (await fetch(`${url}/inspector/changes?since=0`)).text());
  await attempt("reset", async () => (await fetch(`${url}/_fake/reset`, json)).text());
  await attempt("reset_simple", async () =>
    (await (await fetch(`${url}/_fake/reset`, { method: "POST", body: "{}", mode: "no-cors" })).text()) || "refused");
  await attempt("events", () => new Promise((resolve) => {
    const events = new EventSource(`${url}/inspector/events`);
    events.onopen = () => resolve("open");
    events.onerror = () => { events.close(); resolve("refused"); };
  }));
  await attempt("frame", () => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.src = `${url}/`;
    frame.onload = () => {
      let text = null;
      try { text = frame.contentDocument && frame.contentDocument.body.textContent; } catch { text = null; }
      resolve(text || "refused");
    };
    document.body.append(frame);
  }));
  return tried;
}
"""


@pytest.fixture
def foreign(browser: Any, httpserver: HTTPServer) -> Iterator[Any]:
    """A page that another port of this machine serves."""
    httpserver.expect_request("/").respond_with_data("<!doctype html><body>", content_type="text/html")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(httpserver.url_for("/"))
        yield page


def test_it_reads_nothing_and_changes_nothing(foreign: Any, fake: FakeTwilio) -> None:
    fake.submit((("To", "+15551234567"), ("From", "+15005550006"), ("Body", "a secret")))

    tried = foreign.evaluate(ATTACK, [fake.url])

    assert tried == dict.fromkeys(tried, "refused")
    assert len(tried) == 7
    assert [message.body for message in fake.messages] == ["a secret"]


def test_its_form_changes_nothing(foreign: Any, fake: FakeTwilio) -> None:
    fake.submit((("To", "+15551234567"), ("From", "+15005550006"), ("Body", "stays")))
    form = (
        f"<form method=post enctype=text/plain action='{fake.url}/_fake/reset'><input name='{{}}'><button>go</button>"
    )
    foreign.set_content(form)

    with foreign.expect_response(f"{fake.url}/_fake/reset") as answered:
        foreign.get_by_role("button").click()

    assert answered.value.status == 403
    assert [message.body for message in fake.messages] == ["stays"]
