"""Apps with good and bad habits on a real wire, and what the report says of them."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import pytest
from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit.conduct import conduct_of
from fake_twilio.kit.habits import Mark, habits
from fake_twilio.scenario_files.load import parse_scenario
from tests.parts import PLAIN
from twilio_sms import TwilioError

RECIPIENT, SENDER = "+15551234567", "+15005550006"
App = Callable[[dict[str, Any], Any], Iterable[bytes]]


def play(fake: FakeTwilioFixture, rule: str) -> None:
    fake.reset(parse_scenario(f"about: A test.\ninclude: [delivered]\nrules: [{rule}]\n"), seed=1)


def send(fake: FakeTwilioFixture, **more: str) -> None:
    with fake.client(config=PLAIN) as client, suppress(TwilioError):
        client.messages.send(to=RECIPIENT, from_=SENDER, body="hello", **more)


def mark(fake: FakeTwilioFixture, habit: str) -> Mark:
    return next(one.mark for one in habits(conduct_of(fake.evidence())) if one.name == habit)


@pytest.mark.parametrize(("waited", "said"), [("0s", Mark.FAIL), ("1.5s", Mark.FAIL), ("2s", Mark.PASS)])
def test_whoever_comes_back_too_early_is_seen(fake_twilio: FakeTwilioFixture, waited: str, said: Mark) -> None:
    play(fake_twilio, "{when: {first: 1}, then: {refuse: {code: 20429, retry_after: 2s}}}")

    send(fake_twilio)
    fake_twilio.advance(waited)
    send(fake_twilio)

    assert mark(fake_twilio, "Retry-After is honoured") is said


@pytest.mark.parametrize(("times", "said"), [(1, Mark.PASS), (2, Mark.FAIL)])
def test_whoever_sends_again_what_was_taken_is_seen(fake_twilio: FakeTwilioFixture, times: int, said: Mark) -> None:
    play(fake_twilio, "{when: {first: 1}, then: {fault: {kind: close, commit: true}}}")

    for _ in range(times):
        send(fake_twilio)

    assert mark(fake_twilio, "nothing is sent twice") is said


def test_what_was_refused_before_it_was_taken_may_be_sent_again(fake_twilio: FakeTwilioFixture) -> None:
    play(fake_twilio, "{when: {first: 1}, then: {fault: {kind: close}}}")

    send(fake_twilio)
    send(fake_twilio)

    assert mark(fake_twilio, "nothing is sent twice") is Mark.NOT_SEEN


def checking(token: str) -> App:
    @Request.application
    def app(request: Request) -> Response:
        signature = request.headers["X-Twilio-Signature"]
        is_twilio = RequestValidator(token).validate(request.url, request.form, signature)
        return Response(status=204 if is_twilio else 403)

    return app


@Request.application
def trusting(_request: Request) -> Response:
    return Response(status=204)


@pytest.mark.parametrize("is_careful", [True, False], ids=["careful", "trusting"])
def test_whoever_takes_wrong_signatures_is_seen(fake_twilio: FakeTwilioFixture, *, is_careful: bool) -> None:
    play(fake_twilio, "{then: {callbacks: {bad_signature: [sent]}}}")
    fake_twilio.mount("https://app.test", checking(fake_twilio.auth_token) if is_careful else trusting)

    send(fake_twilio, status_callback="https://app.test/status")
    fake_twilio.settle()

    assert mark(fake_twilio, "wrong signatures are refused") is (Mark.PASS if is_careful else Mark.FAIL)
    assert mark(fake_twilio, "webhooks are answered with a 2xx") is Mark.PASS


def test_an_app_that_is_slow_is_seen(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.mount("https://app.test", trusting, takes="20s")

    send(fake_twilio, status_callback="https://app.test/status")
    fake_twilio.settle()

    assert mark(fake_twilio, "webhooks are answered in time") is Mark.FAIL


@pytest.mark.parametrize("writes", [False, True], ids=["silent", "insistent"])
def test_whoever_writes_after_a_stop_is_seen(fake_twilio: FakeTwilioFixture, *, writes: bool) -> None:
    fake_twilio.receive(RECIPIENT, SENDER, "STOP")
    fake_twilio.settle()

    if writes:
        send(fake_twilio)

    assert mark(fake_twilio, "opt-outs are respected") is (Mark.FAIL if writes else Mark.PASS)
