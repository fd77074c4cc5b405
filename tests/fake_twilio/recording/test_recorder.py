"""Tests of a whole recording, in front of a fake: what is written loads, says the same, and gives nothing away."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import refuses
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.recording.recorder import Recorder
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio
from fake_twilio.timing.clock import monotonic
from twilio_sms import Client, OptedOutError

SENDER, FILTERED, FINE = "+14155550100", "+15550101234", "+15558675309"
BODY = "the code is 4711"
TIMELINE = """
about: Slow but sure.
rules:
  - {when: {to: "+15550109999"}, then: {refuse: 21610}}
  - when: {to: "+1555010*"}
    then:
      timeline:
        [{status: sending, after: 2s}, {status: sent, after: 5s}, {status: undelivered, after: 20s, error: 30007}]
defaults: {timeline: [{status: sending, after: 2s}, {status: sent, after: 5s}, {status: delivered, after: 20s}]}
"""


@contextmanager
def recording(fake: FakeTwilio, **options: Any) -> Iterator[tuple[Recorder, Client]]:
    recorder = Recorder(fake.url, monotonic=monotonic, **options)
    recorder.start()
    try:
        with Client.from_env(variables(fake, recorder.url)) as client:
            yield recorder, client
    finally:
        recorder.stop()


def variables(fake: FakeTwilio, url: str) -> dict[str, str]:
    return {"TWILIO_ACCOUNT_SID": fake.account_sid, "TWILIO_AUTH_TOKEN": fake.auth_token, "TWILIO_BASE_URL": url}


def steps(scenario: Scenario) -> list[list[tuple[Status, float, int | None]]]:
    choices = [*(rule.then for rule in scenario.rules), scenario.otherwise]
    return [
        [(step.status, step.after_seconds, step.error_code) for step in outcome.timeline.steps]
        for choice in choices
        for _, outcome in choice.options
        if outcome.timeline is not None
    ]


def test_what_was_seen_through_the_proxy_happens_again() -> None:
    with (
        FakeTwilio(parse_scenario(TIMELINE), clock="manual") as fake,
        recording(fake) as (recorder, client),
    ):
        sids = [client.messages.send(to=to, from_=SENDER, body=BODY).sid for to in (FILTERED, FINE, FINE)]
        with pytest.raises(OptedOutError):
            client.messages.send(to="+15550109999", from_=SENDER, body=BODY)
        for seconds in (2, 5, 20):
            fake.advance(seconds)
            for sid in sids:
                client.messages.get(sid)
        text = recorder.stop()

    recorded = parse_scenario(text)
    assert [[status.value for status, _, _ in one] for one in steps(recorded)] == [
        ["sending", "sent", "undelivered"],
        ["sending", "sent", "delivered"],
    ]
    assert [round(seconds) for _, seconds, _ in steps(recorded)[1]] == [2, 5, 20]
    assert steps(recorded)[0][-1][2] == 30007
    assert refuses(21610) in [rule.then for rule in recorded.rules]


def test_nothing_of_it_gives_anybody_away() -> None:
    with (
        FakeTwilio("carrier_reject", clock="manual") as fake,
        recording(fake) as (recorder, client),
    ):
        sid = client.messages.send(to=FILTERED, from_=SENDER, body=BODY).sid
        fake.settle()
        client.messages.get(sid)
        text = recorder.stop()

        secrets = (fake.auth_token, fake.account_sid, sid, BODY, "4711", SENDER[1:], FILTERED[1:], "Basic")
    assert [word for word in secrets if word in text] == []
    assert steps(parse_scenario(text))[-1][-1][::2] == (Status.UNDELIVERED, 30007)


def test_who_is_watched_is_seen_to_the_end_and_then_there_is_enough() -> None:
    with (
        FakeTwilio("carrier_reject", speed=5) as fake,
        recording(fake, requests=1, watch_seconds=0.01) as (recorder, client),
    ):
        client.messages.send(to=FILTERED, from_=SENDER, body=BODY)
        assert recorder.has_enough.wait(20)
        text = recorder.stop()

    (way,) = steps(parse_scenario(text))
    assert [status for status, _, _ in way][-2:] == ["sent", "undelivered"]
    assert 0.01 < sum(seconds for _, seconds, _ in way) < 10


def test_there_is_enough_after_so_many_answers() -> None:
    with FakeTwilio(clock="manual") as fake, recording(fake, requests=2) as (recorder, client):
        sid = client.messages.send(to=FINE, from_=SENDER, body=BODY).sid
        assert not recorder.has_enough.is_set()
        client.messages.get(sid)

        assert recorder.has_enough.wait(5)


def test_a_foreign_host_is_not_served() -> None:
    with FakeTwilio(clock="manual") as fake, recording(fake) as (recorder, _):
        answer = requests.get(recorder.url, headers={"Host": "evil.example"}, timeout=5)

    assert answer.status_code == 403
