"""A phone in a browser: what is typed comes in, and what the app answers appears."""

from playwright.sync_api import expect
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.watched import Watched
from twilio_sms import Client

ANSWER = "<Response><Message>Your code is 482913</Message></Response>"
SCENARIO = """
about: an app takes what people write
inbound: {{url: "{url}"}}
defaults: {{timeline: [{{status: sent, after: 100ms}}, {{status: delivered, after: 100ms}}]}}
"""


def test_a_reply_reaches_the_app_and_its_answer_appears(
    watched: Watched, fake: FakeTwilio, httpserver: HTTPServer
) -> None:
    told: list[str] = []

    def answer(request: Request) -> Response:
        told.append(request.form["Body"])
        return Response(ANSWER, content_type="text/xml")

    httpserver.expect_request("/sms", method="POST").respond_with_handler(answer)
    fake.use(parse_scenario(SCENARIO.format(url=httpserver.url_for("/sms")), file="x.yaml"))
    watched.page.goto(f"/phones/{RECIPIENT}/{SENDER}")

    watched.page.get_by_label("Text").fill("What is my code?")
    watched.page.get_by_label("Text").press("Enter")

    expect(watched.page.locator(".bubbles .theirs .said")).to_have_text("What is my code?")
    expect(watched.page.locator(".bubbles .ours .said")).to_have_text("Your code is 482913", timeout=10_000)
    expect(watched.page.locator(".bubbles .lifted")).to_contain_text("482913")
    assert told == ["What is my code?"]


def test_a_stop_opts_out_and_a_number_that_is_nobodys_is_told(watched: Watched, fake: FakeTwilio) -> None:
    watched.page.goto("/phones")
    watched.page.get_by_role("button", name="Pick up the phone").click()
    watched.page.get_by_role("button", name="STOP").click()

    expect(watched.page.locator(".phone b.trouble")).to_have_text("opted out")
    assert len(fake.opt_outs) == 1


def test_what_is_deleted_leaves_the_phone(watched: Watched, fake: FakeTwilio) -> None:
    sid = fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", "forget me"))).sid
    page = watched.open(f"/phones/{RECIPIENT}/{SENDER}")
    expect(page.locator(".bubbles")).to_contain_text("delivered", timeout=10_000)

    with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client:
        client.messages.delete(sid)

    expect(page.locator(".bubbles")).to_have_text("Nobody has said anything yet.")


def test_the_page_is_as_wide_as_a_phone(watched: Watched, fake: FakeTwilio) -> None:
    fake.receive(RECIPIENT, SENDER, "x" * 500)
    watched.page.set_viewport_size({"width": 390, "height": 800})
    watched.page.goto(f"/phones/{RECIPIENT}/{SENDER}")

    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390
