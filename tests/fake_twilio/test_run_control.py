"""What is done to a run: time is moved, stands still and goes on, keys are shared, faults turned up."""

from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer
from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from fake_twilio import FakeTwilio
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.timing.timekeeper import TimeError
from tests.sending import send

TAKEN = Response(status=204)


def test_an_advance_returns_what_happened_in_order(fake_twilio: FakeTwilioFixture) -> None:
    sid = send(fake_twilio)

    first = fake_twilio.advance(0.5)
    rest = fake_twilio.advance(timedelta(minutes=1))

    start = fake_twilio.start_moment
    assert [(event.at - start, event.status) for event in first] == [
        (pytest.approx(0.1), Status.SENDING),
        (pytest.approx(0.5), Status.SENT),
    ]
    assert [(event.message_sid, event.status) for event in rest] == [(sid, Status.DELIVERED)]
    assert fake_twilio.now - start == pytest.approx(60.5)


def test_a_webhook_has_ended_when_the_advance_returns(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_handler(lambda _request: TAKEN)
    send(fake_twilio, status_callback=httpserver.url_for("/status"))

    fake_twilio.advance("36h")

    assert [delivery.webhook.params["MessageStatus"] for delivery in fake_twilio.callbacks] == ["sent", "delivered"]
    assert all(delivery.is_taken for delivery in fake_twilio.callbacks)
    assert fake_twilio.pending == ()


def test_a_webhook_may_call_the_api_while_time_is_moved(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    def reply(request: Request) -> Response:
        if request.form["MessageStatus"] == "delivered":
            send(fake_twilio, to="+15551230000")
        return TAKEN

    httpserver.expect_request("/status").respond_with_handler(reply)
    send(fake_twilio, status_callback=httpserver.url_for("/status"))

    fake_twilio.settle()

    assert [message.status for message in fake_twilio.messages] == [Status.DELIVERED, Status.DELIVERED]
    assert fake_twilio.messages[1].created_at == fake_twilio.messages[0].updated_at


def test_a_webhook_cannot_move_the_time(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    refused: list[str] = []

    def move(_request: Request) -> Response:
        try:
            fake_twilio.advance(1)
        except TimeError as error:
            refused.append(str(error))
        return TAKEN

    httpserver.expect_request("/status").respond_with_handler(move)
    send(fake_twilio, status_callback=httpserver.url_for("/status"))

    fake_twilio.settle()

    assert len(refused) == 2


def test_settle_goes_no_further_than_it_may(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("slow_carrier")
    send(fake_twilio)

    events = fake_twilio.settle(max="1m")

    assert [event.status for event in events] == [Status.SENDING, Status.SENT]
    assert fake_twilio.now - fake_twilio.start_moment == pytest.approx(30)


@pytest.mark.parametrize("span", [-1, "-1s", "soon", "1 fortnight", timedelta(seconds=-1), "400d"])
def test_a_span_that_is_none_is_refused(fake_twilio: FakeTwilioFixture, span: float | str | timedelta) -> None:
    with pytest.raises(ValueError, match=r"duration|forward"):
        fake_twilio.advance(span)


def test_a_request_is_signed_with_what_signs_now(fake_twilio: FakeTwilioFixture) -> None:
    token = RequestValidator(fake_twilio.auth_token)
    form, event = fake_twilio.sign("http://app.test/sms", {"Body": "x"}), fake_twilio.sign_json("http://app.test/e", [])
    fake_twilio.share_key(SigningKey("webhooks_sharedkey_1", "first"))
    by_key = fake_twilio.sign("http://app.test/sms", {"Body": "x"})

    assert token.validate(form.url, {"Body": "x"}, form.headers["X-Twilio-Signature"])
    assert token.validate(event.url, "[]", event.headers["X-Twilio-Signature"])
    assert by_key.headers["X-Twilio-Webhooks-Signature-Settings"] == "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"


def test_a_manual_clock_has_neither_ice_nor_speed(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(TimeError, match="move it with advance or settle"):
        fake_twilio.freeze()
    with pytest.raises(TimeError, match="move it with advance or settle"):
        fake_twilio.thaw()
    with pytest.raises(TimeError, match="only a real clock has a speed"):
        fake_twilio.set_speed(2)


def test_a_real_clock_is_moved_by_hand_while_it_stands_still_and_not_while_it_runs() -> None:
    with FakeTwilio(start=1_767_225_600.0) as fake:
        fake.freeze()
        fake.submit((("To", "+15551234567"), ("From", "+15005550006"), ("Body", "hello")))
        fake.advance("1h")
        statuses = [message.status.value for message in fake.messages]
        fake.thaw()

        with pytest.raises(TimeError, match="this clock is real"):
            fake.advance("1s")

    assert statuses == ["delivered"]
    assert 1_767_229_200.0 <= fake.now < 1_767_229_260.0


def test_faults_are_of_their_world() -> None:
    with FakeTwilio(clock="manual") as fake:
        fake.faults["callback_drop"] = 0.2
        fake.use("carrier_reject")
        kept = dict(fake.faults)
        fake.reset()

        assert (kept, dict(fake.faults)) == ({"callback_drop": 0.2}, {})
