"""A create-message request, read in Twilio's order of refusals (its order is inferred; fakes differ)."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol
from urllib.parse import urlsplit

from fake_twilio.domain.accounts.application import Application
from fake_twilio.domain.accounts.service import DEFAULTS, VALIDITY_SECONDS, Service
from fake_twilio.domain.messages.content import Content, content_text
from fake_twilio.domain.messages.options import OPTIONS, read_options
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.twilio.form import Form, every, first
from fake_twilio.domain.values.dates import parse_moment
from fake_twilio.domain.values.hosts import is_web_address
from fake_twilio.domain.values.numbers import is_sender, masked, to_e164
from fake_twilio.domain.values.sids import is_service_sid

MAX_BODY_CHARACTERS = 1600
MAX_MEDIA = 10
MAX_URL_CHARACTERS = 4000
# Twilio's pages about 35114 and 35115, 2026: 300 seconds to 35 days ahead, both included.
SCHEDULE_SECONDS = (300, 35 * 86_400)

PARAMETERS = OPTIONS | {
    *("To", "From", "MessagingServiceSid", "Body", "MediaUrl", "StatusCallback", "ValidityPeriod", "SmartEncoded"),
    *("ScheduleType", "SendAt"),
}

# What goes for a message that no service sends.
NO_SERVICE = Service(sid="", account_sid="", settings=MappingProxyType({**DEFAULTS, "SmartEncoding": False}))


class Senders(Protocol):
    """What an account may send from; whatever it may not is answered with Twilio's refusal."""

    def check(self, sender: str) -> None:
        """Refuse a sender that is not the account's."""

    def service(self, sid: str) -> Service:
        """Return the messaging service with this SID, or refuse."""

    def application(self, sid: str) -> Application:
        """Return the application with this SID, or refuse."""

    def check_pooled(self, service: Service, sender: str) -> None:
        """Refuse a sender that is not in the pool of the service."""


class AnySenders:
    """The senders of test credentials, which are judged by the magic numbers alone."""

    def check(self, sender: str) -> None:
        """Take every sender."""

    def service(self, sid: str) -> Service:
        return Service(sid=sid, account_sid="")

    def application(self, sid: str) -> Application:
        return Application(sid=sid, account_sid="")

    def check_pooled(self, service: Service, sender: str) -> None:
        """Take every sender."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A message that Twilio would take, if nothing in the world stands against it."""

    to: str
    sender: str | None
    service_sid: str | None
    body: str
    media_urls: tuple[str, ...]
    status_callback: str | None
    validity_seconds: int
    send_at: float | None
    smart_encoded: bool
    is_mms: bool  # whether it goes as one although it may have no media
    options: Form
    form: Form  # all of it, as it came
    unknown_parameters: tuple[str, ...]

    @property
    def sid_prefix(self) -> str:
        """What its SID begins with; that of a text that goes as an MMS is inferred from that of media."""
        return "MM" if self.media_urls or self.is_mms else "SM"


def read_submission(form: Form, senders: Senders, now: float, contents: tuple[Content, ...] = ()) -> Submission:
    """Read *form*, sent by an account with these *senders* and *contents*, or raise Twilio's `Refusal`.

    Each line is one thing that may be wrong.
    """
    to = _require(form, "To", 21604)
    sender, service_sid = _read_origin(form)
    body = _read_content(form, service_sid)
    recipient = _read_recipient(to, sender)
    service = _read_service(sender, service_sid, senders)
    return Submission(
        to=recipient,
        sender=sender,
        service_sid=service_sid,
        status_callback=_read_callback(form) or service.status_callback or _application_callback(form, senders),
        media_urls=_read_media(form),
        validity_seconds=_read_validity(form) or service.validity_seconds,
        body=_read_template(form, contents, body),
        options=read_options(form, sender, service_sid),
        form=form,
        send_at=_read_schedule(form, service_sid, now),
        smart_encoded=_is_on(form, "SmartEncoded", otherwise=service.is_smart),
        is_mms=_is_on(form, "SendAsMms"),
        unknown_parameters=tuple(sorted({name for name, _ in form} - PARAMETERS)),
    )


def _require(form: Form, name: str, code: int) -> str:
    value = (first(form, name) or "").strip()
    if not value:
        raise refusal(code)
    return value


def _read_origin(form: Form) -> tuple[str | None, str | None]:
    """Return sender and service; ``From`` may itself be the SID of a service."""
    sender = (first(form, "From") or "").strip() or None
    service_sid = (first(form, "MessagingServiceSid") or "").strip() or None
    if sender and is_service_sid(sender):
        sender, service_sid = None, service_sid or sender
    if not sender and not service_sid:
        raise refusal(21603)
    if service_sid and not is_service_sid(service_sid):
        raise refusal(21705)
    return sender, service_sid


def _read_content(form: Form, service_sid: str | None) -> str:
    body = first(form, "Body") or ""
    if not body and not any(every(form, "MediaUrl")) and not first(form, "ContentSid"):
        raise refusal(21619 if service_sid else 21602)
    return _limited(body)


def _limited(body: str) -> str:
    if len(body) > MAX_BODY_CHARACTERS:
        raise refusal(21617)
    return body


def _read_media(form: Form) -> tuple[str, ...]:
    media_urls = tuple(url for url in every(form, "MediaUrl") if url)
    if len(media_urls) > MAX_MEDIA:
        raise refusal(21623)
    if not all(_is_web_address(url) for url in media_urls):
        raise refusal(21620)
    return media_urls


def _read_recipient(to: str, sender: str | None) -> str:
    recipient = to_e164(to, sender)
    if recipient is None:
        raise refusal(21211, to=masked(to))
    if recipient == sender:
        raise refusal(21266)
    return recipient


def _read_service(sender: str | None, service_sid: str | None, senders: Senders) -> Service:
    """Return the service that sends, or one that changes nothing; refuse what the account may not send from."""
    if sender is not None:
        _check_sender(sender, senders)
    if service_sid is None:
        return NO_SERVICE
    service = senders.service(service_sid)
    if sender is not None:
        senders.check_pooled(service, sender)
    return service


def _check_sender(sender: str, senders: Senders) -> None:
    if not is_sender(sender):
        raise refusal(21212, **{"from": masked(sender)})
    senders.check(sender)


def _read_callback(form: Form) -> str | None:
    url = first(form, "StatusCallback")
    if not url:
        return None
    if not _is_web_address(url) or "_" in (urlsplit(url).hostname or ""):
        raise refusal(21609)
    return url


def _application_callback(form: Form, senders: Senders) -> str | None:
    """Return the address of the application that is named; it is not looked up where another address counts."""
    sid = first(form, "ApplicationSid")
    return senders.application(sid).status_callback if sid else None


def _read_validity(form: Form) -> int | None:
    text = first(form, "ValidityPeriod")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) in VALIDITY_SECONDS):
        raise refusal(21624)
    return int(text)


def _read_template(form: Form, contents: tuple[Content, ...], body: str) -> str:
    """Return the text of the template that is named, which wins over *body* (inferred)."""
    text = content_text(form, contents)
    return body if text is None else _limited(text)


def _is_on(form: Form, name: str, *, otherwise: bool = False) -> bool:
    text = first(form, name)
    return text.lower() == "true" if text else otherwise


def _read_schedule(form: Form, service_sid: str | None, now: float) -> float | None:
    kind, text = first(form, "ScheduleType"), first(form, "SendAt")
    if not kind and not text:
        return None
    if kind != "fixed":
        raise refusal(35126)
    if not text:
        raise refusal(35111)
    if not service_sid:
        raise refusal(35118)
    try:
        send_at = parse_moment(text).timestamp()
    except ValueError:
        raise refusal(35114) from None
    soonest, latest = SCHEDULE_SECONDS
    if not soonest <= send_at - now <= latest:
        raise refusal(35114)
    return send_at


def _is_web_address(url: str) -> bool:
    return len(url) <= MAX_URL_CHARACTERS and is_web_address(url)
