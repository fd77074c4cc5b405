"""Webhooks brought once more over HTTP, judged by the official validator as an app would have it."""

from collections.abc import Iterable
from typing import Any

import pytest
from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from fake_twilio.fixture import FakeTwilioFixture
from tests.fake_twilio.admin.calls import change
from tests.sending import send

URL = "https://app.test/status"


class Judge:
    """An app that notes whether each webhook is signed, and where it was sent to."""

    def __init__(self, auth_token: str) -> None:
        self._validator = RequestValidator(auth_token)
        self.seen: list[tuple[str, bool]] = []
        self.redirects = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        signature = request.headers.get("X-Twilio-Signature", "")
        url = f"https://app.test{request.path}"
        self.seen.append((request.path, self._validator.validate(url, request.form, signature)))
        leads_on = self.redirects and request.path == "/status"
        answer = Response(status=307, headers={"Location": "/moved"}) if leads_on else Response(status=204)
        return answer(environ, start_response)


@pytest.fixture
def judge(fake_twilio: FakeTwilioFixture) -> Judge:
    """A message was delivered, and its webhooks were taken."""
    made = Judge(fake_twilio.auth_token)
    fake_twilio.mount("https://app.test", made)
    send(fake_twilio, status_callback=URL)
    fake_twilio.settle()
    assert made.seen == [("/status", True)] * 2
    made.seen.clear()
    return made


def replay(fake: FakeTwilioFixture, status: int = 202, **manner: Any) -> Any:
    return change(fake, f"/webhooks/{fake.callbacks[0].webhook.token}/replay", manner, status=status)


@pytest.mark.parametrize(("signature", "is_good"), [("same", True), ("wrong", False), ("none", False)])
def test_the_signature_is_as_it_is_wanted(
    fake_twilio: FakeTwilioFixture, judge: Judge, signature: str, is_good: bool
) -> None:
    replay(fake_twilio, signature=signature, times=3)
    fake_twilio.settle()

    assert judge.seen == [("/status", is_good)] * 3


@pytest.mark.parametrize(("signature", "is_good"), [("same", True), ("wrong", False), ("none", False)])
def test_what_is_altered_is_not_signed_anew_where_it_is_sent_on(
    fake_twilio: FakeTwilioFixture, judge: Judge, signature: str, is_good: bool
) -> None:
    judge.redirects = True

    replay(fake_twilio, signature=signature)
    fake_twilio.settle()

    assert judge.seen == [("/status", is_good), ("/moved", is_good)]


def test_later_is_later_by_the_clock_of_the_run(fake_twilio: FakeTwilioFixture, judge: Judge) -> None:
    replay(fake_twilio, after="2h")

    fake_twilio.advance("119m")
    before = list(judge.seen)
    fake_twilio.advance("1m")

    assert (before, judge.seen) == ([], [("/status", True)])


@pytest.mark.parametrize("is_new_world", [True, False])
def test_what_was_forgotten_does_not_come_later(
    fake_twilio: FakeTwilioFixture, judge: Judge, is_new_world: bool
) -> None:
    replay(fake_twilio, after="1s")

    change(fake_twilio, "/reset", {"scope": "all" if is_new_world else "history"})
    fake_twilio.settle()

    assert judge.seen == []


@pytest.mark.parametrize(
    ("manner", "told"),
    [
        ({"signature": "right"}, "signature: Input should be 'same', 'wrong' or 'none'"),
        ({"times": 0}, "times: Input should be greater than or equal to 1"),
        ({"times": 101}, "times: Input should be less than or equal to 100"),
        ({"after": "soon"}, "after: String should match pattern"),
        ({"after": "367d"}, "wanted a duration of at most 366d"),
        ({"later": "1s"}, "later: Extra inputs are not permitted"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_brought(
    fake_twilio: FakeTwilioFixture, judge: Judge, manner: dict[str, Any], told: str
) -> None:
    refused = replay(fake_twilio, 400, **manner)
    fake_twilio.settle()

    assert refused["problems"][0].startswith(told)
    assert judge.seen == []
