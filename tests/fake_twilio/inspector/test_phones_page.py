"""The pages of phones show who said what, and hostile texts stay texts."""

import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from tests.sending import send

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
