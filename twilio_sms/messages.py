"""Send, get, list, cancel, redact and delete messages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any, Self, Unpack
from urllib.parse import parse_qsl, urlsplit

from twilio_sms.domain.draft import Draft, SendOptions
from twilio_sms.domain.form import Form, to_text
from twilio_sms.domain.message import Message
from twilio_sms.domain.problems import Problems
from twilio_sms.errors import ValidationError
from twilio_sms.gateway import Gateway
from twilio_sms.redaction import mask

DEFAULT_PAGE_SIZE = 50
MAX_PAGE_SIZE = 1000  # Twilio's OpenAPI file: "Max: 1000"
_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}", re.ASCII)


class Messages:
    """The messages of one account."""

    def __init__(self, gateway: Gateway, account_sid: str) -> None:
        self._gateway = gateway
        self._path = f"/2010-04-01/Accounts/{account_sid}/Messages"

    def send(
        self,
        *,
        to: str,
        from_: str | None = None,
        body: str | None = None,
        media_url: str | Sequence[str] | None = None,
        messaging_service_sid: str | None = None,
        **options: Unpack[SendOptions],
    ) -> Message:
        """Send one message with at most one request, and return it as Twilio created it.

        Needs *to* (E.164), a sender (*from_*: a number, short code or alphanumeric ID, or *messaging_service_sid*)
        and content (*body* of 1 to 1600 characters, up to 10 *media_url*, or ``content_sid``). ``validity_period`` is
        in seconds; ``send_at`` needs a time zone and a messaging service. Source: Twilio's Message resource.

        Raises `ValidationError` before anything is sent, `ConnectionFailedError` if nothing was sent,
        `AmbiguousSendError` if it may have been, `AcceptedWithoutSidError` if it was and the answer is unreadable, and
        an `ApiError` if Twilio refused.
        """
        draft = Draft.parse(
            to=to,
            from_=from_,
            body=body,
            media_url=media_url,
            messaging_service_sid=messaging_service_sid,
            options=dict(options),
        )
        return self._gateway.create_message(
            f"{self._path}.json", draft.to_form(), Message.from_json, mask(draft.to.e164)
        )

    def get(self, sid: str) -> Message:
        """Return the message with this SID; raises `NotFoundError` if there is none."""
        return self._gateway.get(self._resource(sid), Message.from_json)

    def list(
        self,
        *,
        to: str | None = None,
        from_: str | None = None,
        date_sent: date | datetime | None = None,
        date_sent_after: date | datetime | None = None,
        date_sent_before: date | datetime | None = None,
        page_size: int | None = None,
        limit: int | None = None,
    ) -> Iterator[Message]:
        """Yield messages, newest first, and fetch each page when it is needed; *limit* is how many at most.

        *date_sent* with a date means that day in UTC; *date_sent_after* and *date_sent_before* include the moment
        itself, as at Twilio. *page_size* is 1 to 1000.
        """
        wanted = {
            "to": ("To", to),
            "from_": ("From", from_),
            "date_sent": ("DateSent", date_sent),
            "date_sent_after": ("DateSent>", date_sent_after),
            "date_sent_before": ("DateSent<", date_sent_before),
        }
        problems = Problems()
        query: list[tuple[str, str]] = []
        for argument, (name, value) in wanted.items():
            with problems.of(argument):
                query += [(name, to_text(value))] if value is not None else []
        for argument, number in (("page_size", page_size), ("limit", limit)):
            with problems.of(argument):
                _check_at_least_one(number)
        problems.raise_any()
        size = min(page_size or limit or DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
        return islice(self._pages((*query, ("PageSize", str(size)))), limit)

    def cancel(self, sid: str) -> Message:
        """Cancel a scheduled message; raises `SchedulingError` (30409) if it is not waiting any more."""
        return self._gateway.post(self._resource(sid), (("Status", "canceled"),), Message.from_json)

    def redact(self, sid: str) -> Message:
        """Empty the body of a message that has ended, for good."""
        return self._gateway.post(self._resource(sid), (("Body", ""),), Message.from_json)

    def delete(self, sid: str) -> None:
        """Delete a message that has ended; raises `ConflictError` (20009) while it is in flight."""
        self._gateway.delete(self._resource(sid))

    def _resource(self, sid: str) -> str:
        if not isinstance(sid, str) or not _SID.fullmatch(sid):
            raise ValidationError("a message SID has SM or MM and 32 hexadecimal digits")
        return f"{self._path}/{sid}.json"

    def _pages(self, query: Form) -> Iterator[Message]:
        path = f"{self._path}.json"
        following: Form | None = query
        while following is not None:
            page = self._gateway.get(path, partial(_Page.from_json, path=path, query=following), following)
            yield from page.messages
            following = page.following


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of a list, and the query of the next."""

    messages: tuple[Message, ...]
    following: Form | None

    @classmethod
    def from_json(cls, tree: Mapping[str, Any], *, path: str, query: Form) -> Self:
        """Read a page of the list at *path* that *query* asked for; raises `ValueError` if it is none."""
        entries = tree.get("messages")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ValueError("a page without messages")
        following = _next_query(path, tree["next_page_uri"]) if tree.get("next_page_uri") else None
        if following == query:
            raise ValueError("its next page is itself")
        return cls(tuple(Message.from_json(entry) for entry in entries), following)


def _next_query(path: str, uri: object) -> Form:
    """Take the query of the next page's URI; the path stays ours, wherever an answer points."""
    parts = urlsplit(str(uri))
    if not parts.path.endswith(path):
        raise ValueError("its next page is no page of messages")
    return tuple(parse_qsl(parts.query, keep_blank_values=True))


def _check_at_least_one(number: int | None) -> None:
    if number is not None and number < 1:
        raise ValidationError(f"must be at least 1, is {number}")
