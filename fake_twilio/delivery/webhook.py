"""Which signed request tells the customer of a status: URL, parameters in wire order, signature."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Self
from urllib.parse import urlsplit

from fake_twilio.domain.fate.lifecycle import ERRORS, REPORTED, Status
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.form import Form, write_form
from fake_twilio.domain.values.dates import carrier_date
from fake_twilio.domain.webhooks.overrides import DEFAULT_LIMITS, Limits, Note
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.domain.webhooks.signature import MANY_URLS, signed_string, signed_url
from fake_twilio.domain.webhooks.signer import Signer, signature_headers

KEPT_ANSWER_BYTES = 4 * 1024
Sign = Callable[[str], str]


class Kind(StrEnum):
    """What a webhook is for."""

    STATUS = "status"  # tells of the status of a message
    INBOUND = "inbound"  # brings a message that somebody sent, and asks what to do


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Webhook:
    """One request to the customer, whole."""

    kind: Kind = Kind.STATUS
    message_sid: str
    status: Status
    method: str = "POST"
    url: str  # as configured: it may hold a password
    form: Form
    signature: str  # an empty one is left out: Twilio never does, a checkup does
    signature_settings: str | None = None  # which shared key signed, and how
    token: str  # the same on every attempt: I-Twilio-Idempotency-Token
    sign: Sign | None = field(default=None, compare=False)  # for what it becomes
    is_forged: bool = False  # signed wrongly or not at all, on purpose
    limits: Limits = DEFAULT_LIMITS
    authorization: str | None = None
    cookie: str | None = None

    def __repr__(self) -> str:
        return f"<Webhook {self.token}: {self.kind} of {self.message_sid}, {self.status}, {self.method}>"

    @property
    def target(self) -> str:
        """The address that is requested and signed; with GET the parameters stand in its query."""
        address = signed_url(self.url)
        if self.method != "GET" or not self.form:
            return address
        joint = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
        return f"{address}{joint}{write_form(self.form)}"

    @property
    def shown_url(self) -> str:
        """The address as it may be shown: without fragment, user and password."""
        return signed_url(self.url)

    @property
    def request_target(self) -> str:
        """What stands in the request line: the target from its path on, unchanged."""
        return _from_path_on(self.target)

    @property
    def origin(self) -> str:
        """Scheme, host and port of the target, for what is counted by target."""
        return _origin_of(self.url)

    @property
    def signed(self) -> str:
        """The text that was signed; made when it is asked for, since the log keeps thousands of webhooks."""
        return signed_string(self.target, () if self.method == "GET" else self.form)

    @property
    def params(self) -> dict[str, str]:
        """The parameters by name."""
        return dict(self.form)

    def body(self) -> bytes:
        return b"" if self.method == "GET" else write_form(self.form).encode("ascii")

    def headers(self) -> dict[str, str]:
        """Return the headers that Twilio sends (observed); a GET has no Content-Type (inferred)."""
        content = {} if self.method == "GET" else {"Content-Type": "application/x-www-form-urlencoded"}
        cookie = {} if self.cookie is None else {"Cookie": self.cookie}
        authorization = {} if self.authorization is None else {"Authorization": self.authorization}
        return {
            **content,
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            **(signature_headers(self.signature, self.signature_settings) if self.signature else {}),
            "I-Twilio-Idempotency-Token": self.token,
            **cookie,
            **authorization,
        }

    def moved_to(self, url: str, method: str) -> Self:
        """Return this webhook for another address, signed anew for it (inferred); a GET goes there without a form.

        Cookies stay with the origin that set them.
        """
        form = () if method == "GET" else self.form
        moved = replace(self, url=url, method=method, form=form, authorization=None)
        return replace(moved, cookie=self.cookie if moved.origin == self.origin else None).signed_anew()

    def signed_by(self, signer: Signer) -> Self:
        """Return this webhook with the signature of *signer*."""
        return replace(self, sign=signer.sign, signature_settings=signer.settings).signed_anew()

    def signed_anew(self) -> Self:
        """Return this webhook with the signature of what it requests now; without `sign` it keeps the one it has."""
        return self if self.sign is None else replace(self, signature=self.sign(self.signed))


@lru_cache(MANY_URLS)
def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.hostname}:{port}"


@lru_cache(MANY_URLS)
def _from_path_on(target: str) -> str:
    rest = target.partition("//")[2].removeprefix(urlsplit(target).netloc)
    return rest if rest.startswith("/") else f"/{rest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a webhook: a status and the body, or the error that stopped it; a log keeps its head."""

    status: int | None = None
    body: bytes = field(default=b"", repr=False)
    content_type: str | None = None
    is_cut: bool = False  # whether there was more of the body than is kept
    location: str | None = None
    challenge: str | None = field(default=None, repr=False)  # WWW-Authenticate
    cookies: tuple[str, ...] = field(default=(), repr=False)  # Set-Cookie, one header each
    error: str | None = None
    failure: Failure | None = None  # which kind of error it is
    seconds: float = 0.0

    def shortened(self) -> Self:
        """Return this answer with no more of the body and of its headers than the log keeps, and without cookies.

        Those are for the requests that follow, and may let somebody in.
        """
        texts = (self.content_type, self.location, self.challenge)
        if not self.cookies and max(len(self.body), *(len(text or "") for text in texts)) <= KEPT_ANSWER_BYTES:
            return self
        content_type, location, challenge = (text and text[:KEPT_ANSWER_BYTES] for text in texts)
        return replace(
            self,
            body=self.body[:KEPT_ANSWER_BYTES],
            is_cut=self.is_cut or len(self.body) > KEPT_ANSWER_BYTES,
            content_type=content_type,
            location=location,
            challenge=challenge,
            cookies=(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A request by which a webhook was to be delivered, and what came of it.

    An attempt has more than one if it is redirected, or asked for a password.
    """

    webhook: Webhook
    answer: Answer
    attempt: int = 1
    request: Webhook | None = field(default=None, repr=False)  # what was requested, where it is not the webhook itself
    notes: tuple[Note, ...] = ()  # what is wrong with the overrides in the URL
    ended_at: float | None = field(default=None, compare=False)  # in the run's time; none while nobody has noted it

    def noted(self, at: float | None) -> Self:
        """Return what the log keeps of this, ended *at* a moment of the run; `replace` would take thrice as long."""
        return type(self)(
            webhook=self.webhook,
            answer=self.answer.shortened(),
            attempt=self.attempt,
            request=self.request,
            notes=self.notes,
            ended_at=at,
        )

    @property
    def is_taken(self) -> bool:
        """Whether the customer answered with a 2xx."""
        return self.answer.status is not None and 200 <= self.answer.status < 300

    @property
    def url(self) -> str:
        """The address that was requested, without fragment, user and password."""
        return self._requested.target

    @property
    def method(self) -> str:
        return self._requested.method

    @property
    def signed(self) -> str:
        """The text that was signed."""
        return self._requested.signed

    @property
    def signature(self) -> str:
        return self._requested.signature

    @property
    def seconds(self) -> float:
        """How long this request took."""
        return self.answer.seconds

    @property
    def failure(self) -> Failure | None:
        """What stopped the request, ``None`` if there was a whole answer."""
        return self.answer.failure

    @property
    def origin(self) -> str:
        """Scheme, host and port of whom was asked."""
        return self._requested.origin

    @property
    def _requested(self) -> Webhook:
        return self.request or self.webhook


def is_told(message: Message) -> bool:
    """Whether the status that *message* just took is told: never the first one, and not every one."""
    return bool(message.status_callback) and len(message.timeline) > 1 and message.status in REPORTED


def status_webhook(message: Message, signer: Signer, idempotency_token: str) -> Webhook:
    """Return the status callback for the status that *message* has."""
    url = message.status_callback or ""
    form = status_form(message)
    webhook = Webhook(
        message_sid=message.sid,
        status=message.status,
        url=url,
        form=form,
        signature=signer.sign(signed_string(signed_url(url), form)),
        signature_settings=signer.settings,
        token=idempotency_token,
        sign=signer.sign,
    )
    if message.callback_method == "POST":
        return webhook
    return replace(webhook, method=message.callback_method).signed_anew()


def document_webhook(message: Message, method: str, url: str, form: Form, signer: Signer, token: str) -> Webhook:
    """Return the request for a document that says what to do about *message*."""
    unsigned = Webhook(
        kind=Kind.INBOUND,
        message_sid=message.sid,
        status=message.status,
        method=method,
        url=url,
        form=form,
        signature="",
        signature_settings=signer.settings,
        token=token,
        sign=signer.sign,
    )
    return unsigned.signed_anew()


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
    return carrier_date(message.updated_at)
