"""Stories of status callbacks that do not come one after the other."""

from collections import Counter

from tests.contract.stories.stage import ORIGIN, Stage
from twilio_sms import Status

USUAL = ["sent", "delivered"]


def callback_storm(stage: Stage) -> None:
    app = stage.told()

    assert Counter(app.statuses) == dict.fromkeys(USUAL, 20)


def callbacks_duplicated(stage: Stage) -> None:
    app = stage.told()

    tokens = [request.headers["I-Twilio-Idempotency-Token"] for request in app.requests]
    assert app.statuses == ["sent", "sent", "delivered", "delivered"]
    assert (tokens[0], tokens[2]) == (tokens[1], tokens[3])
    assert tokens[0] != tokens[2]


def callbacks_shuffled(stage: Stage) -> None:
    orders = {tuple(stage.told(f"+1555123000{number}").statuses) for number in range(8)}

    assert orders == {("sent", "delivered"), ("delivered", "sent")}


def delivered_before_sent(stage: Stage) -> None:
    assert stage.told().statuses == ["delivered", "sent"]


def callbacks_late(stage: Stage) -> None:
    app = stage.listen()
    stage.send(status_callback=f"{ORIGIN}/status")
    stage.fake.advance("90s")
    early = app.statuses
    stage.fake.settle()

    assert (early, app.statuses) == ([], USUAL)


def callbacks_dropped(stage: Stage) -> None:
    assert stage.told("+15550800001").statuses == ["sent"]
    told = [len(stage.told(f"+155512300{number:02}").statuses) for number in range(25)]

    assert 30 <= sum(told) <= 48


def callbacks_before_response(stage: Stage) -> None:
    app = stage.listen()
    sent = stage.send(status_callback=f"{ORIGIN}/status")

    assert [request.form["MessageSid"] for request in app.requests] == [sent.sid]
    stage.fake.settle()
    assert app.statuses == USUAL


def callbacks_regress(stage: Stage) -> None:
    assert stage.told().statuses == ["sent", "delivered", "sent"]


def bad_signatures(stage: Stage) -> None:
    app = stage.told()

    assert dict(zip(app.statuses, app.genuine(stage.fake.auth_token), strict=True)) == {
        "sent": False,
        "delivered": True,
    }


def parameter_drift(stage: Stage) -> None:
    app = stage.told()

    form = app.requests[0].form
    assert form["RatingHint"] == "3"
    assert "SmsStatus" not in form
    assert app.genuine(stage.fake.auth_token) == [True, True]


def slow_webhook(stage: Stage) -> None:
    app = stage.listen(takes="20s")
    sent = stage.send(messaging_service_sid="MG" + "0" * 32, status_callback=f"{ORIGIN}/status")
    stage.fake.advance("100ms")
    assert stage.client.messages.get(sent.sid).status is Status.DELIVERED
    stage.fake.settle()

    assert set(app.statuses) >= {"queued", "sent", "delivered"}
    assert not any(delivery.is_taken for delivery in stage.fake.callbacks)
    assert {alert.code for alert in stage.fake.alerts} == {11205}
