"""The page about webhooks: what it shows runs, signed and delivered by the fake."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client as Browser

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.signing import sign
from tests.docs.pages import ROOT, examples, page
from twilio_sms.webhooks.once import LEASE_SECONDS

EXAMPLES = examples("docs/webhooks.md")
ORIGIN = "https://shop.test"
ASKER, SHOP = "+15551230001", "+14155550101"
WORLD = "about: Texts go to the shop.\ninclude: delivered\ninbound: {{url: '{url}'}}\n"


class Town:
    """The fake with the app of an example in it."""

    def __init__(self, fake: FakeTwilioFixture, name: str, folder: Path, path: str) -> None:
        self.fake = fake
        (folder / "town.yaml").write_text(WORLD.format(url=ORIGIN + path))
        fake.use(folder / "town.yaml")
        self.example: dict[str, Any] = {"__name__": "shop"}
        exec(EXAMPLES[name], self.example)
        self.app = self.example["app"] if "app" in self.example else self.example["create_app"]()
        fake.mount(ORIGIN, self.app)

    def ask(self, body: str, *media: str) -> list[tuple[str, str]]:
        """Have somebody write to the shop; return to whom what was answered."""
        before = len(self.fake.messages)
        self.fake.receive(ASKER, SHOP, body, media)
        self.fake.settle()
        return [(message.to, message.body) for message in self.fake.messages[before + 1 :]]

    def close(self) -> None:
        if "client" in self.example:
            self.example["client"].close()


@pytest.fixture
def town(
    request: pytest.FixtureRequest, fake_twilio: FakeTwilioFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Town]:
    monkeypatch.chdir(tmp_path)
    name, path = request.param
    made = Town(fake_twilio, name, tmp_path, path)
    yield made
    made.close()


def in_town(name: str, path: str = "/sms") -> pytest.MarkDecorator:
    """Mount the app of an example; texts go to *path*."""
    return pytest.mark.parametrize("town", [(name, path)], indirect=True, ids=[name])


@in_town("webhook_handler")
def test_the_handler_answers_and_hears_of_what_was_not_delivered(town: Town, capsys: pytest.CaptureFixture) -> None:
    answered = town.ask("ORDER 17")
    town.fake.use("handset_unreachable")
    sent = town.example["client"].messages.send(
        to="+15550710001", from_=SHOP, body="hello", status_callback=f"{ORIGIN}/status"
    )
    town.fake.settle()

    assert answered == [(ASKER, "Order 17 is packed.")]
    assert capsys.readouterr().out == f"{sent.sid} was not delivered: 30003\n"


@in_town("webhook_patterns")
@pytest.mark.parametrize(
    ("body", "media", "answers"),
    [
        (" HOURS ", (), ["We open at nine."]),
        ("order  17 a", (), ["Looking for 17 a."]),
        ("what does it cost?", (), ["Prices: https://shop.example/prices"]),
        ("order prices", (), ["Looking for prices.", "Prices: https://shop.example/prices"]),
        ("look", ("https://x.test/a.png", "https://x.test/b.png"), ["2 pictures, thanks!"]),
        ("nothing of all that", (), []),
    ],
)
def test_patterns_find_their_handlers(town: Town, body: str, media: tuple[str, ...], answers: list[str]) -> None:
    assert [answer for _to, answer in town.ask(body, *media)] == answers


@in_town("webhook_replies")
@pytest.mark.parametrize(
    ("body", "answers"),
    [
        ("cat", [(ASKER, "Here it is."), (ASKER, "Write MORE for more.")]),
        ("alarm", [("+15551230002", "Somebody pressed the button.")]),
        ("old", [(ASKER, "As it was.")]),
        ("sdk", [(ASKER, "From the SDK.")]),
        ("later", []),
    ],
)
def test_replies_of_each_kind_are_sent(town: Town, body: str, answers: list[tuple[str, str]]) -> None:
    assert town.ask(body) == answers
    assert town.fake.alerts == ()


@in_town("webhook_statuses")
def test_statuses_are_told_as_they_come_and_tracked(town: Town, capsys: pytest.CaptureFixture) -> None:
    town.fake.use("delivered_before_sent")

    sid = town.example["send"](ASKER)
    town.fake.settle()
    town.example["look"](sid)

    assert capsys.readouterr().out.splitlines() == ["came: delivered", "came: sent", "is: delivered after 2 callbacks"]


@in_town("webhook_errors")
def test_a_handler_that_failed_is_told_again(town: Town) -> None:
    first = town.ask("order 17")
    (failed,) = town.fake.callbacks
    town.fake.replay(failed.webhook.token)
    town.fake.settle()

    assert (first, failed.answer.status) == ([], 500)
    assert b"<Body>Ordered.</Body>" in town.fake.callbacks[-1].answer.body
    assert len(town.example["tries"]) == 2


@in_town("webhook_flask", "/twilio/inbound")
def test_a_flask_app_answers_sends_and_has_a_view_of_its_own(town: Town) -> None:
    signed = sign(f"{ORIGIN}/voice", {"CallerName": "Ada"}, auth_token=town.fake.auth_token)
    browser = Browser(town.app)

    assert town.ask("order 17") == [(ASKER, "It is packed.")]
    assert browser.post("/ship").json == {"sid": town.fake.messages[-1].sid}
    said = browser.post("/voice", base_url=ORIGIN, data=signed.body, headers=dict(signed.headers))
    assert said.text == "<Response><Say>Hello Ada</Say></Response>"
    assert browser.post("/voice", base_url=ORIGIN, data=signed.body).status_code == 415


IN_DJANGO = """
from fake_twilio.signing import sign
from werkzeug.test import Client
from django.core.handlers.wsgi import WSGIHandler
import django
django.setup()
browser = Client(WSGIHandler())
text = {"MessageSid": "SM" + "5" * 32, "AccountSid": client.account_sid, "Body": "order 17"}
text |= {"From": "+15551230001", "To": "+14155550101"}
for place, form in (("twilio/inbound", text), ("voice", {"CallerName": "Ada"})):
    signed = sign(f"https://shop.test/{place}", form, auth_token=os.environ["TWILIO_AUTH_TOKEN"])
    print(browser.post(f"/{place}", base_url="https://shop.test", data=signed.body, headers=dict(signed.headers)).text)
"""


def test_a_django_site_answers_and_has_a_view_of_its_own(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", EXAMPLES["webhook_django"] + IN_DJANGO]

    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )

    assert (done.returncode, done.stderr) == (0, "")
    answer, said = done.stdout.splitlines()
    assert "<Message><Body>It is packed.</Body></Message>" in answer
    assert said == "<Response><Say>Hello Ada</Say></Response>"


@in_town("webhook_by_hand")
def test_a_framework_that_is_not_here_carries_request_and_answer(town: Town) -> None:
    assert town.ask("hello") == [(ASKER, "Hi!")]


@in_town("webhook_queue")
def test_what_takes_long_is_queued_and_sent_later(town: Town) -> None:
    town.ask("report of May")
    town.example["jobs"].join()
    town.example["jobs"].put(None)
    town.example["worker"].join(10)
    town.fake.settle()

    town.fake.assert_sent(to=ASKER, body="Your report is being made.", times=1)
    town.fake.assert_sent(to=ASKER, body="Here is your report of May.", times=1)


@in_town("webhook_queue")
def test_a_queue_that_is_full_is_no_silent_loss(town: Town) -> None:
    jobs = town.example["jobs"]
    jobs.put(None)
    town.example["worker"].join(10)
    while not jobs.full():
        jobs.put("more")

    assert town.ask("report of May") == []
    assert [delivery.answer.status for delivery in town.fake.callbacks] == [500]


def test_the_test_of_an_app_passes(suite: pytest.Pytester) -> None:
    suite.makepyfile(EXAMPLES["webhook_test"])

    suite.runpytest_inprocess("--strict-markers").assert_outcomes(passed=3)


def test_the_page_tells_the_lease_that_there_is() -> None:
    assert f"a claim ends after **{LEASE_SECONDS:.0f} seconds**" in page("docs/webhooks.md")


def test_the_page_links_to_headings_that_there_are() -> None:
    headings = {re.sub(r"[^a-z0-9 ]", "", h.lower()).replace(" ", "-") for h in _headings(page("docs/webhooks.md"))}
    wanted = set(re.findall(r"\]\(#([^)]+)\)", page("docs/webhooks.md")))

    assert wanted <= headings


def _headings(text: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)
