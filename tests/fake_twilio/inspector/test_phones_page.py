"""The pages of phones show who said what, and hostile texts stay texts."""

import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.shortened import MOST_ROWS
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.doubles import SERVICE_SID
from tests.sending import send

POOLED = f"""about: a service answers for its number
numbers: ["{SENDER}"]
services: [{{sid: {SERVICE_SID}, name: Shop, numbers: ["{SENDER}"], inbound_on_number: true}}]
defaults: {{timeline: []}}
"""
HOSTILE = "<script>alert(1)</script>"


def page(fake: FakeTwilioFixture, path: str) -> str:
    answer = requests.get(f"{fake.url}{path}", timeout=5)
    assert answer.status_code == 200
    return answer.text


def test_conversations_are_listed(fake_twilio: FakeTwilioFixture) -> None:
    assert "Nobody has said anything yet" in page(fake_twilio, "/phones")

    send(fake_twilio, body=HOSTILE)

    text = page(fake_twilio, "/phones")
    assert f"/phones/{RECIPIENT.replace('+', '%2B')}/{SENDER.replace('+', '%2B')}" in text
    assert HOSTILE not in text


def test_of_many_conversations_the_newest_are_listed(fake_twilio: FakeTwilioFixture) -> None:
    for number in range(MOST_ROWS + 2):
        send(fake_twilio, to=f"+1555010{number:04}")
        fake_twilio.advance(1)

    text = page(fake_twilio, "/phones")

    assert text.count('<li><a href="/phones/') == MOST_ROWS
    assert "2 more conversations are not shown" in text
    assert "+15550100001</b>" not in text
    assert f"+1555010{MOST_ROWS + 1:04}</b>" in text


def test_a_phone_shows_texts_segments_codes_and_opt_outs(fake_twilio: FakeTwilioFixture) -> None:
    send(fake_twilio, body=f"Your code is 482913 {HOSTILE}")
    fake_twilio.receive(RECIPIENT, SENDER, "STOP")
    fake_twilio.settle()

    text = page(fake_twilio, f"/phones/{RECIPIENT}/{SENDER}")

    assert HOSTILE not in text
    for shown in ("482913</pre>", "1 segment in GSM-7", "opted out", "Twilio's own reply", "STOP"):
        assert shown in text


def test_a_phone_that_was_never_picked_up_can_be(fake_twilio: FakeTwilioFixture) -> None:
    assert "Nobody has said anything yet" in page(fake_twilio, f"/phones/+15550000009/{SENDER}")


def test_who_opted_out_of_a_service_hears_none_of_its_numbers(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario(POOLED, name="pooled"))
    fake_twilio.receive(RECIPIENT, SENDER, "STOP")
    fake_twilio.settle()

    assert "opted out" in page(fake_twilio, f"/phones/{RECIPIENT}/{SENDER}")
    assert "opted out" not in page(fake_twilio, f"/phones/{RECIPIENT}/+15005550999")
    assert "opted out" not in page(fake_twilio, f"/phones/+15551110000/{SENDER}")
