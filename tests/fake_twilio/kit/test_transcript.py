"""A run as a text."""

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.fake_twilio.doubles import RECIPIENT, SENDER


@pytest.mark.fake_twilio(scenario="carrier_reject", seed=7, start=1_767_225_600.0)
def test_everything_that_happened_stands_there(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.mount("https://app.test", lambda _environ, start: (start("204 No Content", []), [b""])[1])
    with fake_twilio.client() as client:
        sent = client.messages.send(
            to="+15550100000", from_=SENDER, body="hello", status_callback="https://app.test/status"
        )
    fake_twilio.settle()

    lines = fake_twilio.transcript().splitlines()

    assert lines[:3] == [
        "seed=7 start=1767225600 scenario=carrier_reject",
        f"outbound-api {sent.sid} {SENDER} +15550100000 'hello'",
        "  rule 'the carrier filters +1 555 010 xxxx'",
    ]
    assert lines[3:7] == [
        "  +0.000 s queued",
        "  +0.100 s sending",
        "  +0.500 s sent",
        "  +1.500 s undelivered 30007",
    ]
    assert [line.split()[:3] for line in lines[7:]] == [["status", "POST", "https://app.test/status"]] * 2
    assert all(line.endswith("-> 204") and f"MessageSid={sent.sid}" in line for line in lines[7:])


def test_what_is_to_come_stands_there(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert "  to come sending after 0.100000 s" in fake_twilio.transcript().splitlines()
