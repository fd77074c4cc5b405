"""Stories of messages that Twilio refuses, and of who may send any at all."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore
from typing import Any

import pytest
from werkzeug import Response

from fake_twilio.scenario_files.load import parse_scenario
from tests.contract.stories.stage import DELIVERED, ORIGIN, Stage
from tests.doubles import RECIPIENT
from twilio_sms import (
    AuthenticationError,
    InvalidRecipientError,
    OptedOutError,
    QueueFullError,
    RateLimitedError,
    RegionNotEnabledError,
)

PATIENCE_SECONDS = 10.0
NEW_TOKEN = "70cc" + "a70cc" * 5 + "a70"


def opted_out(stage: Stage) -> None:
    assert stage.refusal("+15550200001") == (OptedOutError, 21610)
    assert stage.end() == DELIVERED


def rate_limited(stage: Stage) -> None:
    assert stage.refusal("+15550400001") == (RateLimitedError, 20429)
    assert stage.refusal(from_="+15550410000") == (QueueFullError, 21611)
    assert stage.end() == DELIVERED


def regions_closed(stage: Stage) -> None:
    assert [stage.refusal(to) for to in ("+4915112345678", "+447400123456")] == [(RegionNotEnabledError, 21408)] * 2
    assert stage.end("+33612345678") == DELIVERED


def trial_account(stage: Stage) -> None:
    assert stage.refusal() == (InvalidRecipientError, 21608)
    assert stage.end("+15550770000") == DELIVERED


def too_many_requests(stage: Stage) -> None:
    for _ in range(2):
        stage.send()
    with pytest.raises(RateLimitedError) as refused:
        stage.send()
    again = stage.send()

    assert (refused.value.status, refused.value.retry_after_seconds, refused.value.repeatable) == (429, 2, True)
    assert [message.sid for message in stage.fake.messages[2:]] == [again.sid]


def concurrency_limit(stage: Stage) -> None:
    """Two requests are kept inside by callbacks that come before the answer, to an app that takes its time."""
    held, go = Semaphore(0), Event()

    def app(environ: dict[str, Any], start: Any) -> Any:
        held.release()
        go.wait(PATIENCE_SECONDS)
        return Response(status=204)(environ, start)

    callbacks = "rules: [{when: {body: held}, then: {callbacks: {before_response: true}}}]"
    stage.fake.use(parse_scenario(f"about: Two are held.\ninclude: concurrency_limit\n{callbacks}\n"))
    stage.fake.mount(ORIGIN, app)
    with ThreadPoolExecutor(2) as pool:
        under_way = [pool.submit(stage.send, body="held", status_callback=f"{ORIGIN}/status") for _ in range(2)]
        assert all(held.acquire(timeout=PATIENCE_SECONDS) for _ in range(2))
        refused = stage.refusal()
        go.set()
        assert all(future.result(PATIENCE_SECONDS).body == "held" for future in under_way)

    assert refused == (RateLimitedError, 20429)
    assert stage.end() == DELIVERED


def rotated_token(stage: Stage) -> None:
    old = stage.fake.auth_token
    with stage.fake.client(auth_token=NEW_TOKEN) as new:
        before = [client.messages.send(to=RECIPIENT, from_="+15005550006", body="x") for client in (stage.client, new)]
        signed_before = stage.told().genuine(old)
        stage.fake.advance("1m")
        assert stage.refusal() == (AuthenticationError, 20003)
        stage.client = new
        signed_after = stage.told().genuine(NEW_TOKEN)

    assert len(before) == 2
    assert (set(signed_before), set(signed_after)) == ({True}, {True})
    assert stage.fake.auth_token == NEW_TOKEN


def accounts_and_keys(stage: Stage) -> None:
    shop, key = "AC" + "5a0b" * 8, "5e7f" * 8
    with (
        stage.fake.client(account_sid=shop, auth_token="5a0b" * 8) as by_token,
        stage.fake.client(account_sid=shop, auth_token=None, api_key=f"SK{key}", api_secret=key) as by_key,
        stage.fake.client(account_sid="AC" + "babe" * 8, auth_token="babe" * 8) as closed,
    ):
        for stage.client in (by_token, by_key):
            assert stage.end() == DELIVERED
        stage.client = closed
        assert stage.refusal() == (AuthenticationError, 20403)

    assert {message.account_sid for message in stage.fake.messages} == {shop}
