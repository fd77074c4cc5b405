"""What a type checker must find in an application: each line that is marked is wrong."""

from pathlib import Path

from flask import Flask

from twilio_sms import InboundMessage, MockClient, Reply, TwilioSMS, WebhookHandler, WsgiWebhooks
from twilio_sms.webhooks.parameters import Parameters

sms = TwilioSMS(Flask("shop"), url_prefix=7)  # wrong
handler = WebhookHandler("token", on_error="ignore")  # wrong
another = WebhookHandler("token", validate=False)  # wrong
WsgiWebhooks("handler")  # wrong
handler.on(7)  # wrong
handler.on_status(7)  # wrong
Reply("text", media_url=Path("cat.png"))  # wrong
Reply().redirect("/next", method="PUT")  # wrong

MockClient().simulate_failure("RateLimitedError")  # wrong


@sms.verified
def view(parameters: Parameters, number: int) -> str:
    return "text"


def order(message: InboundMessage) -> str:
    return message.text  # wrong


view("parameters")  # wrong
