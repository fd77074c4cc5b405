"""Webhooks as they reach a server, signed by the official SDK."""

from urllib.parse import parse_qsl, urlencode

from twilio.request_validator import RequestValidator as OfficialValidator

from tests.doubles import AUTH_TOKEN
from twilio_sms.webhooks.request import WebhookRequest

URL = "https://sms.example.com/inbound?shop=7"
FORM = "application/x-www-form-urlencoded"
PARAMS = {
    "MessageSid": "SM" + "0c" * 16,
    "From": "+15551234567",
    "To": "+15005550006",
    "Body": "It's on!",
    "FromZip": "",
}


def signature(
    url: str, params: dict[str, str] | None = None, token: str = AUTH_TOKEN, algorithm: str | None = None
) -> str:
    return OfficialValidator(token).compute_signature(url, params or {}, algorithm)


def posted(
    signed: str = URL,
    *,
    seen: str | None = None,
    params: dict[str, str] = PARAMS,
    body: bytes | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    content_type: str = FORM,
    given: str | None = None,
    peer: str | None = "203.0.113.9",
) -> WebhookRequest:
    """Return a form that was signed for *signed*, as a server sees it at *seen*."""
    of_signature = signature(signed, params) if given is None else given
    return WebhookRequest(
        "POST",
        seen or signed,
        (("content-type", content_type), ("x-twilio-signature", of_signature), *headers),
        urlencode(params).encode() if body is None else body,
        peer,
    )


def got(url: str) -> WebhookRequest:
    """Return a GET that was signed for *url*."""
    return WebhookRequest("GET", url, (("x-twilio-signature", signature(url)),), b"")


def read(request: WebhookRequest) -> dict[str, str]:
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))
