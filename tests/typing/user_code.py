"""An application as a user writes it: what mypy says of it in strict mode is what users see."""

from pathlib import Path
from typing import assert_type

from flask import Flask

from fake_twilio.fixture import FakeTwilioFixture
from twilio_sms import (
    BulkReport,
    Client,
    InboundMessage,
    Message,
    MockClient,
    Progress,
    RateLimitedError,
    Reply,
    RequestValidator,
    Status,
    StatusTracker,
    StatusUpdate,
    TwilioError,
    TwilioSMS,
    WebhookHandler,
    WebhookRequest,
    WebhookResponse,
    WsgiWebhooks,
)
from twilio_sms.webhooks.parameters import Parameters

app = Flask("shop")
sms = TwilioSMS(app, url_prefix="/hooks")
handler = WebhookHandler("token", account_sid="AC" + "0" * 32, store=Path("webhooks.db"), on_error="fail")
wsgi = WsgiWebhooks(handler, inbound="/in", status="/out", app=app.wsgi_app)


@sms.on("order *")
def order(message: InboundMessage) -> Reply:
    return Reply(message.body, media_url=[one.url for one in message.media]).message("And more.", to=message.from_)


@handler.on(lambda message: message.num_segments > 1)
def long(message: InboundMessage) -> str | None:
    return message.extra.get("Extra")


@handler.on_status("delivered", "failed")
def told(update: StatusUpdate) -> None:
    assert_type(update.status, Status)
    assert_type(update.error_code, int | None)


@app.post("/orders/<int:number>")
@sms.verified
def view(parameters: Parameters, number: int) -> str:
    return parameters.one("Body") * number


def validator() -> RequestValidator:
    return RequestValidator("token")


def take(client: Client) -> tuple[WebhookHandler, WebhookHandler]:
    return client.webhooks("new", "old"), client.webhooks(validator)


def send(client: Client) -> Message | None:
    try:
        return client.messages.send(to="+15551234567", from_="+15005550006", body="hello")
    except TwilioError as error:
        assert_type(error.retry_after_seconds, float | None)
        return None


def told_of(progress: Progress) -> None:
    assert_type(progress.counts["ACCEPTED"], int)


def send_all(client: Client) -> BulkReport:
    report = client.messages.send_bulk([{"to": "+15551234567"}], from_="+15005550006", body_template="hello")
    assert_type(report.counts["ACCEPTED"], int)
    return report


assert_type(sms.client, Client)
assert_type(sms.handler, WebhookHandler)
assert_type(order(InboundMessage("SM", "AC", "+1", "+2", "hi")), Reply)
assert_type(handler.tracker, StatusTracker)
assert_type(handler.tracker.status_of("SM"), Status | None)
assert_type(handler.handle_inbound(WebhookRequest.from_wsgi({})), WebhookResponse)
assert_type(handler.verify(WebhookRequest.from_wsgi({})), Parameters | WebhookResponse)
mock = MockClient().expect_send("+15551234567", body="hello").with_response("+15551234567", status="queued")
assert_type(mock.simulate_failure(RateLimitedError).attach(handler), MockClient)
assert_type(send(mock), Message | None)
with Client.from_env() as shop:
    assert_type(shop.webhooks(public_url="https://shop.test"), WebhookHandler)


def test_a_text_is_sent(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        assert_type(client, Client)
        send(client)
    fake_twilio.assert_sent(body="hel*", times=1)
