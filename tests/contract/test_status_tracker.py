"""However the fake lets callbacks go wrong, a tracker ends where the messages are."""

import pytest
from flask import Flask, request

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import SENDER
from twilio_sms.domain.status import Status
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.webhooks.tracker import StatusTracker

CHAOS = ["callbacks_shuffled", "callbacks_duplicated", "callbacks_late", "callbacks_regress", "callback_storm"]
OTHERS = ["delivered_before_sent", "callbacks_before_response", "handset_unreachable", "carrier_reject"]


@pytest.mark.parametrize("scenario", [*CHAOS, *OTHERS])
def test_a_tracker_ends_where_the_messages_are(fake_twilio: FakeTwilioFixture, scenario: str) -> None:
    tracker = StatusTracker(MemoryWebhooks())
    heard: list[str] = []
    tracker.on_update(lambda updated: heard.append(updated.update.key))
    fake_twilio.use(scenario)
    fake_twilio.mount("https://app.test", customer(tracker))

    with fake_twilio.client() as client:
        for number in range(30):
            to = f"+155501{number:05}"
            client.messages.send(to=to, from_=SENDER, body="hi", status_callback="https://app.test/status")
        fake_twilio.settle()

    ends = {message.sid: (message.status, message.error_code) for message in fake_twilio.messages}
    tracks = {sid: tracker.find(sid) for sid in ends}
    assert {sid: (track.status, track.error_code) for sid, track in tracks.items() if track} == ends
    assert len(heard) == len(set(heard)) == sum(len(track.events) for track in tracks.values() if track)


def customer(tracker: StatusTracker) -> Flask:
    """Return an app that takes status callbacks."""
    app = Flask("customer")

    @app.post("/status")
    def status() -> tuple[str, int]:
        form = request.form
        update = StatusUpdate(
            message_sid=form["MessageSid"],
            status=Status.parse(form["MessageStatus"]),
            status_text=form["MessageStatus"],
            account_sid=form["AccountSid"],
            to=form["To"],
            from_=form["From"],
            error_code=int(form["ErrorCode"]) if form.get("ErrorCode") else None,
        )
        tracker.take(update)
        return "", 204

    return app
