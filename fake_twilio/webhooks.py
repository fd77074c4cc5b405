"""Which signed request tells the customer of a status: URL, parameters in wire order, signature."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from fake_twilio.domain.form import Form
from fake_twilio.domain.lifecycle import ERRORS, REPORTED, Status
from fake_twilio.domain.message import Message
from fake_twilio.domain.signature import signed_string, signed_url
from fake_twilio.domain.signer import Signer, signature_headers

KEPT_ANSWER_BYTES = 4 * 1024  # in a log


class Kind(StrEnum):
    """What a webhook is for."""

    STATUS = "status"  # tells of the status of a message
    INBOUND = "inbound"  # brings a message that somebody sent, and asks what to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One request to the customer, whole."""

    kind: Kind = Kind.STATUS
    message_sid: str
    status: Status
    method: str = "POST"
    url: str  # as configured
    form: Form
    signature: str
    signature_settings: str | None = None  # which shared key signed, and how
    token: str  # the same on every attempt: I-Twilio-Idempotency-Token

    @property
    def target(self) -> str:
        """The address that is requested and signed; of a GET, the parameters are in it."""
        return document_url(self.method, self.url, self.form)

    @property
    def signed(self) -> str:
        """The text that was signed; made when it is asked for, since the log keeps thousands of webhooks."""
        return signed_string(self.target, self.form if self.method == "POST" else ())

    @property
    def params(self) -> dict[str, str]:
        """The parameters by name."""
        return dict(self.form)

    def body(self) -> bytes:
        return urlencode(self.form).encode("ascii") if self.method == "POST" else b""

    def headers(self) -> dict[str, str]:
        """Return the headers that Twilio sends (observed)."""
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            **signature_headers(self.signature, self.signature_settings),
            "I-Twilio-Idempotency-Token": self.token,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a webhook: a status and the body, or the error that stopped it; a log keeps its head."""

    status: int | None = None
    body: bytes = field(default=b"", repr=False)
    content_type: str | None = None
    is_cut: bool = False  # whether there was more of the body than is kept
    error: str | None = None
    seconds: float = 0.0

    def head(self, size: int) -> Self:
        """Return the answer with at most *size* bytes of its body."""
        return self if len(self.body) <= size else replace(self, body=self.body[:size], is_cut=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An attempt to deliver a webhook, and what came of it."""

    webhook: Webhook
    answer: Answer

    @property
    def is_taken(self) -> bool:
        """Whether the customer answered with a 2xx."""
        return self.answer.status is not None and 200 <= self.answer.status < 300


def is_told(message: Message) -> bool:
    """Whether the status that *message* just took is told: never the first one, and not every one."""
    return bool(message.status_callback) and len(message.timeline) > 1 and message.status in REPORTED


def status_webhook(message: Message, signer: Signer, idempotency_token: str) -> Webhook:
    """Return the status callback for the status that *message* has."""
    url = message.status_callback or ""
    form = status_form(message)
    return Webhook(
        message_sid=message.sid,
        status=message.status,
        url=url,
        form=form,
        signature=signer.sign(signed_string(signed_url(url), form)),
        signature_settings=signer.settings,
        token=idempotency_token,
    )


def document_webhook(message: Message, method: str, url: str, form: Form, signer: Signer, token: str) -> Webhook:
    """Return the request for a document that says what to do about *message*."""
    text = signed_string(document_url(method, url, form), form if method == "POST" else ())
    return Webhook(
        kind=Kind.INBOUND,
        message_sid=message.sid,
        status=message.status,
        method=method,
        url=url,
        form=form,
        signature=signer.sign(text),
        signature_settings=signer.settings,
        token=token,
    )


def document_url(method: str, url: str, form: Form) -> str:
    """Return the address that is requested and signed: a GET has the parameters behind those that are there."""
    address = signed_url(url)
    if method == "POST" or not form:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(form)}"


def status_form(message: Message) -> Form:
    """Return the parameters in the order of a real capture of July 2023."""
    pairs = [
        ("ErrorCode", str(message.error_code) if message.status in ERRORS and message.error_code else None),
        ("SmsSid", message.sid),
        ("SmsStatus", message.status),
        ("MessageStatus", message.status),
        ("To", message.to),
        ("MessagingServiceSid", message.service_sid),
        ("MessageSid", message.sid),
        ("AccountSid", message.account_sid),
        ("From", message.sender or ""),
        ("ApiVersion", "2010-04-01"),
        ("RawDlrDoneDate", _receipt_date(message)),
    ]
    return tuple((name, str(value)) for name, value in pairs if value is not None)


def _receipt_date(message: Message) -> str | None:
    """Return the carrier's time, ``YYMMDDhhmm``, which comes with a delivery receipt."""
    if message.status not in (Status.DELIVERED, Status.UNDELIVERED):
        return None
    return datetime.fromtimestamp(message.updated_at, UTC).strftime("%y%m%d%H%M")
