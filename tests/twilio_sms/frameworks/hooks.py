"""Webhooks as Twilio sends them, for the tests of all frameworks: signed by the fake."""

from io import BytesIO

from werkzeug.test import EnvironBuilder

from fake_twilio.signing import SignedRequest, sign
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.request import MAX_BODY_BYTES

ORIGIN = "https://shop.test"
SHOP = "+14155550101"
TEXT = {
    "MessageSid": "SM" + "0d" * 16,
    "AccountSid": ACCOUNT_SID,
    "From": RECIPIENT,
    "To": SHOP,
    "Body": "Hello & good-bye, Grüße 👋",
    "NumMedia": "0",
}
STATUS = {**{name: TEXT[name] for name in ("MessageSid", "AccountSid", "From", "To")}, "MessageStatus": "delivered"}
GREETING = '<?xml version="1.0" encoding="UTF-8"?><Response><Message><Body>Hi!</Body></Message></Response>'
XML = "text/xml; charset=utf-8"
TOO_LONG = b"Body=" + b"x" * MAX_BODY_BYTES


def raw_environ(path: str, body: BytesIO, **known: object) -> dict[str, object]:
    """Return a signed request for *path* as a server hands it over, with *body* unread and no length but a *known*."""
    environ = EnvironBuilder(path, ORIGIN, method="POST", headers=dict(text_to(path).headers)).get_environ()
    environ.pop("CONTENT_LENGTH", None)
    return {**environ, "wsgi.input": body, **known}


def text_to(path: str, **changes: str) -> SignedRequest:
    """Return an inbound message, signed for *path* of the shop."""
    return sign(ORIGIN + path, {**TEXT, **changes}, auth_token=AUTH_TOKEN)


def status_to(path: str) -> SignedRequest:
    """Return a status callback, signed for *path* of the shop."""
    return sign(ORIGIN + path, STATUS, auth_token=AUTH_TOKEN)


def greeting_handler(methods: tuple[str, ...] = ("POST",)) -> WebhookHandler:
    """Return a handler that greets whoever writes."""
    handler = WebhookHandler(AUTH_TOKEN, account_sid=ACCOUNT_SID, methods=methods)
    handler.register_handler("*", lambda _message: "Hi!")
    return handler
