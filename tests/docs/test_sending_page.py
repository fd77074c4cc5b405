"""The page about sending: what it shows runs, against a fake that behaves and one that does not."""

import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client as Browser

from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import examples, page, run
from tests.redis_process import DURABLE, HAS_REDIS, WHY_NOT, RedisProcess
from twilio_sms.errors import AmbiguousSendError
from twilio_sms.messages import Messages
from twilio_sms.reconcile import Finding
from twilio_sms.resilience.breaker_table import State

EXAMPLES = examples("docs/sending.md")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_message_is_sent_and_its_errors_have_names(fake_twilio: FakeTwilioFixture) -> None:
    sid, status, attempts = run(EXAMPLES["errors"]).split()

    assert (sid, status, attempts) == (fake_twilio.messages[0].sid, "queued", "1")


def test_a_retry_is_told(fake_twilio: FakeTwilioFixture, folder: Path) -> None:
    file = folder / "busy.yaml"
    rule = "{when: {first: 1}, then: {refuse: 20429}}"
    file.write_text(f"about: The first is too many.\ninclude: delivered\nrules: [{rule}]\n")
    fake_twilio.use(file)

    told = run(EXAMPLES["retry"])

    assert re.search(r"attempt 1 failed \(HTTP 429, code 20429.*\), next in \d\.\d s", told)


@pytest.mark.fake_twilio(scenario="stored_but_reset")
def test_a_message_in_doubt_is_found(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["reconcile"]).split()[-1] == fake_twilio.messages[0].sid


@pytest.mark.fake_twilio(scenario="stored_but_reset")
def test_a_message_in_doubt_is_found_from_another_process_too(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client, fake_twilio.client() as another:
        draft = client.messages.prepare(to="+15551234567", from_="+15005550006", body="hello")
        with pytest.raises(AmbiguousSendError) as caught:
            client.messages.send(draft)

        found = another.messages.reconcile(*pickle.loads(pickle.dumps((draft, caught.value))))

    assert found.finding is Finding.ACCEPTED


def test_a_limit_says_when_to_come_back(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["rate_limits"]) == "come back in 5 s\n"
    assert len(fake_twilio.messages) == 2


@pytest.mark.fake_twilio(scenario="outage", settings={"from": "0s"})
def test_a_breaker_opens_and_says_for_how_long(fake_twilio: FakeTwilioFixture) -> None:
    opened, rests = run(EXAMPLES["breaker"]).splitlines()

    assert opened == "closed -> open"
    assert rests in ("Twilio rests for 10 s", "Twilio rests for 9 s")


def test_who_said_stop_gets_nothing(fake_twilio: FakeTwilioFixture, folder: Path) -> None:
    intent, refusal, after = run(EXAMPLES["opt_outs"]).splitlines()

    assert (intent, after) == ("opt-out", "False 2")
    assert "+1555***4567 opted out" in refusal
    assert list(fake_twilio.messages) == []


def test_a_webhook_takes_who_says_stop(fake_twilio: FakeTwilioFixture, folder: Path) -> None:
    file = folder / "inbound.yaml"
    file.write_text("about: Texts are told.\ninclude: delivered\ninbound: {url: 'https://shop.test/sms'}\n")
    fake_twilio.use(file)
    shop: dict[str, Any] = {"__name__": "shop"}
    exec(EXAMPLES["opt_out_webhook"], shop)
    fake_twilio.mount("https://shop.test", shop["app"])

    with shop["client"] as client:
        fake_twilio.receive("+15551234567", "+14155550101", "Stop!")
        fake_twilio.settle()

        assert client.opt_outs.is_opted_out("+15551234567")
        assert [delivery.answer.status for delivery in fake_twilio.callbacks] == [200]


def test_a_webhook_refuses_what_is_not_signed(fake_twilio: FakeTwilioFixture, folder: Path) -> None:
    shop: dict[str, Any] = {"__name__": "shop"}
    exec(EXAMPLES["opt_out_webhook"], shop)
    form = {"MessageSid": "SM" + "5" * 32, "From": "+15551234567", "To": "+14155550101", "Body": "Stop!"}

    with shop["client"] as client:
        assert Browser(shop["app"]).post("/sms", data=form).status_code == 403
        assert not client.opt_outs.is_opted_out("+15551234567")


def test_a_line_of_the_log_may_be_json(fake_twilio: FakeTwilioFixture) -> None:
    command = [sys.executable, "-c", EXAMPLES["json_log"]]

    (line,) = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()

    shown = re.search(r"writes `({.*), …}`", page("docs/sending.md"))
    assert shown is not None
    assert line.startswith(shown[1])
    assert json.loads(line)["twilio_sid"] == fake_twilio.messages[0].sid


@pytest.mark.parametrize("names", re.findall(r"^\| `(client.messages[^|]*)\|([^|]*)\|$", page("docs/sending.md"), re.M))
def test_what_stands_beside_the_sdk_is_there(names: tuple[str, str]) -> None:
    called = re.findall(r"(\w+)\(", names[1])

    assert called
    assert [name for name in called if not hasattr(Messages, name)] == []


def test_a_secret_comes_from_a_vault(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["vault"]) == "queued\n"


def test_a_secret_comes_from_a_file(fake_twilio: FakeTwilioFixture, folder: Path) -> None:
    assert run(EXAMPLES["credentials"]) == "queued\n"


def test_a_call_is_traced_and_counted(fake_twilio: FakeTwilioFixture) -> None:
    *spans, counted = run(EXAMPLES["observability"]).splitlines()

    assert spans[-1] == "twilio.send_sms"
    gates = {"validate_phone", "check_opt_out", "rate_limit", "circuit_breaker"}
    assert {*gates, "http_request", "http.send"} < set(spans)
    assert counted == """['twilio_messages_sent_total{status="queued"} 1.0']"""


def test_every_example_is_run() -> None:
    tested = {
        "shared",
        "errors",
        "retry",
        "reconcile",
        "rate_limits",
        "breaker",
        "opt_outs",
        "credentials",
        "vault",
        "opt_out_webhook",
        "json_log",
    }

    assert set(EXAMPLES) == {*tested, "observability"}


def test_the_page_names_every_state_of_the_breaker_that_a_listener_hears() -> None:
    assert {State.CLOSED, State.OPEN, State.HALF_OPEN} == set(State)
    assert "on_breaker_change" in page("docs/sending.md")


@pytest.mark.skipif(not HAS_REDIS, reason=WHY_NOT)
def test_processes_share_a_redis(fake_twilio: FakeTwilioFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    redis = RedisProcess(*DURABLE)
    redis.start()
    try:
        monkeypatch.setenv("REDIS_URL", redis.url)

        assert run(EXAMPLES["shared"]) == "queued\n"
    finally:
        redis.end()
