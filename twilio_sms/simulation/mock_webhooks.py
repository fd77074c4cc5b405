"""Webhooks as Twilio posts them, signed with the token of the mock."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit

from twilio_sms.domain.form import Form
from twilio_sms.domain.inbound_message import InboundMessage, Media
from twilio_sms.domain.segments import count_segments
from twilio_sms.refusals import Json
from twilio_sms.simulation.mock_account import API_VERSION
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse
from twilio_sms.webhooks.signature import RequestValidator


class WebhookReceiver(Protocol):
    """What webhooks are handed to, such as a `WebhookHandler`."""

    def handle_inbound(self, request: WebhookRequest, /) -> WebhookResponse: ...

    def handle_status_callback(self, request: WebhookRequest, /) -> WebhookResponse: ...


class Delivery(NamedTuple):
    """A webhook, and what the handler that is attached returned; ``None`` without one."""

    request: WebhookRequest
    answer: WebhookResponse | None = None


def inbound_facts(from_: str, to: str, body: str, media: tuple[Media, ...]) -> Json:
    """Return a message that somebody sent to us, as far as Twilio's JSON tells of it."""
    return {
        "to": to,
        "from": from_,
        "body": body,
        "num_segments": str(count_segments(body).segments),
        "num_media": str(len(media)),
    }


def inbound_form(message: InboundMessage) -> Form:
    """Return the parameters that Twilio posts. Source: "Twilio's request to your incoming message webhook"."""
    media = [
        (f"{name}{number}", value)
        for number, each in enumerate(message.media)
        for name, value in (("MediaUrl", each.url), ("MediaContentType", each.content_type))
    ]
    return (
        ("SmsMessageSid", message.sid),
        ("NumMedia", str(len(message.media))),
        *media,
        ("SmsSid", message.sid),
        ("SmsStatus", "received"),
        ("Body", message.body),
        ("To", message.to),
        ("NumSegments", str(message.num_segments)),
        ("MessageSid", message.sid),
        ("AccountSid", message.account_sid),
        ("From", message.from_),
        ("ApiVersion", API_VERSION),
    )


def status_form(tree: Mapping[str, object]) -> Form:
    """Return the parameters of a status callback. Source: "Track the Message Status of Outbound Messages"."""
    code, service = tree["error_code"], tree["messaging_service_sid"]
    return (
        *((("ErrorCode", str(code)),) if code is not None else ()),
        ("SmsSid", str(tree["sid"])),
        ("SmsStatus", str(tree["status"])),
        ("MessageStatus", str(tree["status"])),
        ("To", str(tree["to"])),
        *((("MessagingServiceSid", str(service)),) if service else ()),
        ("MessageSid", str(tree["sid"])),
        ("AccountSid", str(tree["account_sid"])),
        ("From", str(tree["from"])),
        ("ApiVersion", API_VERSION),
    )


def signed_request(url: str, form: Form, auth_token: str) -> WebhookRequest:
    """Return the POST of *form* to *url*, signed. Source: Twilio, "Validating requests are coming from Twilio"."""
    body = urlencode(form).encode("ascii")
    return WebhookRequest(
        method="POST",
        url=url,
        headers=(
            ("host", urlsplit(url).netloc),
            ("content-type", "application/x-www-form-urlencoded"),
            ("content-length", str(len(body))),
            ("user-agent", "TwilioProxy/1.1"),
            ("x-twilio-signature", RequestValidator(auth_token).compute_signature(url, form)),
        ),
        body=body,
        peer="127.0.0.1",
    )
