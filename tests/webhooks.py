"""What tests of webhooks hand in: what Twilio posts, signed by the fake, and stores that fail."""

from collections.abc import Iterable, Mapping
from typing import Any

from fake_twilio import sign
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, MESSAGE_SID, RECIPIENT, SENDER, HandClock
from twilio_sms.domain.claim import Claim
from twilio_sms.domain.inbound_message import InboundMessage
from twilio_sms.errors import WebhookStoreError
from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.request import WebhookRequest

INBOUND_URL, STATUS_URL = "https://app.test/sms", "https://app.test/status"
SERVICE = "MG" + "0d" * 16
Form = tuple[tuple[str, str], ...]


def sid(number: int) -> str:
    return f"SM{number:032x}"


def inbound_form(body: str = "hello", message_sid: str = MESSAGE_SID, **changes: str | None) -> Form:
    """Return what Twilio posts for an inbound message, in the order of a real capture; ``None`` leaves one out."""
    form = {
        "ToCountry": "US",
        "ToState": "MI",
        "SmsMessageSid": message_sid,
        "NumMedia": "0",
        "ToCity": "COLEMAN",
        "FromZip": "22036",
        "SmsSid": message_sid,
        "FromState": "VA",
        "SmsStatus": "received",
        "FromCity": "CENTREVILLE",
        "Body": body,
        "FromCountry": "US",
        "To": SENDER,
        "ToZip": "",
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": message_sid,
        "AccountSid": ACCOUNT_SID,
        "From": RECIPIENT,
        "ApiVersion": "2010-04-01",
    }
    return _changed(form, changes)


def status_form(status: str = "delivered", message_sid: str = MESSAGE_SID, **changes: str | None) -> Form:
    """Return what Twilio posts as a status callback, in the order of a real capture; ``None`` leaves one out."""
    form = {
        "SmsSid": message_sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "To": RECIPIENT,
        "MessageSid": message_sid,
        "AccountSid": ACCOUNT_SID,
        "From": SENDER,
        "ApiVersion": "2010-04-01",
    }
    return _changed(form, changes)


def _changed(form: Mapping[str, str], changes: Mapping[str, str | None]) -> Form:
    return tuple((name, value) for name, value in {**form, **changes}.items() if value is not None)


def posted(form: Iterable[tuple[str, str]], url: str = INBOUND_URL, token: str = AUTH_TOKEN) -> WebhookRequest:
    """Return *form* as it comes in, signed by the fake."""
    signed = sign(url, tuple(form), auth_token=token)
    headers = tuple((name.lower(), value) for name, value in signed.headers.items())
    return WebhookRequest("POST", signed.url, headers, signed.body, "127.0.0.1")


def inbound(body: str = "hello", message_sid: str = MESSAGE_SID, **changes: str | None) -> WebhookRequest:
    return posted(inbound_form(body, message_sid, **changes))


def status(text: str = "delivered", message_sid: str = MESSAGE_SID, **changes: str | None) -> WebhookRequest:
    return posted(status_form(text, message_sid, **changes), STATUS_URL)


def handler(**options: Any) -> WebhookHandler:
    """Return a handler of the tests' account whose clock is moved by hand."""
    return WebhookHandler(AUTH_TOKEN, **{"account_sid": ACCOUNT_SID, "clock": HandClock(), **options})


def message(body: str = "hello", **changes: Any) -> InboundMessage:
    facts: dict[str, Any] = {"sid": MESSAGE_SID, "account_sid": ACCOUNT_SID, "from_": RECIPIENT, "to": SENDER}
    return InboundMessage(**{**facts, "body": body, **changes})


class BrittleWebhooks(MemoryWebhooks):
    """A store whose methods named in *broken* fail."""

    def __init__(self, *broken: str, clock: HandClock | None = None) -> None:
        super().__init__(clock=clock or HandClock())
        self.broken = set(broken)

    def claim(self, key: str, lease_seconds: float) -> Claim:
        self._check("claim")
        return super().claim(key, lease_seconds)

    def finish(self, key: str, answer: str) -> None:
        self._check("finish")
        super().finish(key, answer)

    def release(self, key: str, token: str = "") -> None:
        self._check("release")
        super().release(key, token)

    def _check(self, name: str) -> None:
        if name in self.broken:
            raise WebhookStoreError("the store is broken")
