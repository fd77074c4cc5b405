"""A create-message request, read in Twilio's order of refusals (its order is inferred; fakes differ)."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fake_twilio.domain.content import Content, content_text
from fake_twilio.domain.dates import parse_moment
from fake_twilio.domain.errors import refusal
from fake_twilio.domain.form import Form, every, first
from fake_twilio.domain.hosts import is_web_address
from fake_twilio.domain.numbers import is_sender, is_service_sid, masked, to_e164
from fake_twilio.domain.options import OPTIONS, read_options

MAX_BODY_CHARACTERS = 1600
MAX_MEDIA = 10
MAX_URL_CHARACTERS = 4000
VALIDITY_SECONDS = range(1, 36_001)
# Twilio's pages about 35114 and 35115, 2026: 300 seconds to 35 days ahead, both included.
SCHEDULE_SECONDS = (300, 35 * 86_400)

PARAMETERS = OPTIONS | {
    *("To", "From", "MessagingServiceSid", "Body", "MediaUrl", "StatusCallback", "ValidityPeriod", "SmartEncoded"),
    *("ScheduleType", "SendAt"),
}

Owns = Callable[[str], bool]


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
    unknown_parameters: tuple[str, ...]

    @property
    def sid_prefix(self) -> str:
        """What its SID begins with; that of a text that goes as an MMS is inferred from that of media."""
        return "MM" if self.media_urls or self.is_mms else "SM"


def read_submission(form: Form, owns: Owns, now: float, contents: tuple[Content, ...] = ()) -> Submission:
    """Read *form*, sent by an account that *owns* some senders and *contents*, or raise Twilio's `Refusal`.

    Each line is one thing that may be wrong.
    """
    to = _require(form, "To", 21604)
    sender, service_sid = _read_origin(form)
    body = _read_content(form, service_sid)
    recipient = _read_recipient(to, sender)
    _check_sender(sender, owns)
    return Submission(
        to=recipient,
        sender=sender,
        service_sid=service_sid,
        status_callback=_read_callback(form),
        media_urls=_read_media(form),
        validity_seconds=_read_validity(form),
        body=_read_template(form, contents, body),
        options=read_options(form, sender, service_sid),
        send_at=_read_schedule(form, service_sid, now),
        smart_encoded=_is_on(form, "SmartEncoded"),
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


def _check_sender(sender: str | None, owns: Owns) -> None:
    if sender is None:
        return
    if not is_sender(sender):
        raise refusal(21212, **{"from": masked(sender)})
    if not owns(sender):
        raise refusal(21659, **{"from": masked(sender)})


def _read_callback(form: Form) -> str | None:
    url = first(form, "StatusCallback")
    if not url:
        return None
    if not _is_web_address(url) or "_" in (urlsplit(url).hostname or ""):
        raise refusal(21609)
    return url


def _read_validity(form: Form) -> int:
    text = first(form, "ValidityPeriod")
    if not text:
        return VALIDITY_SECONDS[-1]
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) in VALIDITY_SECONDS):
        raise refusal(21624)
    return int(text)


def _read_template(form: Form, contents: tuple[Content, ...], body: str) -> str:
    """Return the text of the template that is named, which wins over *body* (inferred)."""
    text = content_text(form, contents)
    return body if text is None else _limited(text)


def _is_on(form: Form, name: str) -> bool:
    return (first(form, name) or "").lower() == "true"


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
