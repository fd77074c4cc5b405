"""A day of traffic in simulated time: each callback reaches a mounted app, in order and signed."""

from collections import defaultdict

from flask import Flask, request
from twilio.request_validator import RequestValidator

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.fixture import FakeTwilioFixture

MESSAGES = 2_000
SECONDS_BETWEEN = 86_400 / MESSAGES


def test_a_day_with_two_thousand_messages(fake_twilio: FakeTwilioFixture) -> None:
    told: dict[str, list[str]] = defaultdict(list)
    validator = RequestValidator(fake_twilio.auth_token)
    app = Flask("customer")

    @app.post("/status")
    def status() -> tuple[str, int]:
        if not validator.validate(request.url, request.form, request.headers["X-Twilio-Signature"]):
            return "", 403
        told[request.form["MessageSid"]].append(request.form["MessageStatus"])
        return "", 204

    fake_twilio.mount("https://app.test", app)
    with fake_twilio.client() as client:
        for number in range(MESSAGES):
            client.messages.send(
                to=f"+1555{number:07}", from_="+15005550006", body="x", status_callback="https://app.test/status?day=1"
            )
            fake_twilio.advance(SECONDS_BETWEEN)

    assert fake_twilio.now - fake_twilio.start_moment >= 86_399
    assert [message.status for message in fake_twilio.messages] == [Status.DELIVERED] * MESSAGES
    assert [told[message.sid] for message in fake_twilio.messages] == [["sent", "delivered"]] * MESSAGES
    assert all(delivery.is_taken for delivery in fake_twilio.callbacks)
