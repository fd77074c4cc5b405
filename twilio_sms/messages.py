"""Send, get, list, cancel, redact and delete messages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Unpack
from urllib.parse import parse_qsl, urlsplit

from twilio_sms.domain.draft import Draft, SendOptions
from twilio_sms.domain.form import Form, to_text
from twilio_sms.domain.message import Message
from twilio_sms.errors import AnswerError, ValidationError
from twilio_sms.gateway import Gateway
from twilio_sms.redaction import mask

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
        answer = self._gateway.create_message(f"{self._path}.json", draft.to_form(), mask(draft.to.e164))
        return Message.from_json(answer)

    def get(self, sid: str) -> Message:
        """Return the message with this SID; raises `NotFoundError` if there is none."""
        return _read(self._gateway.get(self._resource(sid)))

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
        _check_at_least_one("page_size", page_size)
        _check_at_least_one("limit", limit)
        wanted = {
            "To": to,
            "From": from_,
            "DateSent": date_sent,
            "DateSent>": date_sent_after,
            "DateSent<": date_sent_before,
            "PageSize": min(page_size or limit or 50, MAX_PAGE_SIZE),
        }
        query = tuple((name, to_text(value)) for name, value in wanted.items() if value is not None)
        return islice(self._pages(query), limit)

    def cancel(self, sid: str) -> Message:
        """Cancel a scheduled message; raises `SchedulingError` (30409) if it is not waiting any more."""
        return _read(self._gateway.post(self._resource(sid), (("Status", "canceled"),)))

    def redact(self, sid: str) -> Message:
        """Empty the body of a message that has ended, for good."""
        return _read(self._gateway.post(self._resource(sid), (("Body", ""),)))

    def delete(self, sid: str) -> None:
        """Delete a message that has ended; raises `ConflictError` (20009) while it is in flight."""
        self._gateway.delete(self._resource(sid))

    def _resource(self, sid: str) -> str:
        if not isinstance(sid, str) or not _SID.fullmatch(sid):
            raise ValidationError("a message SID has SM or MM and 32 hexadecimal digits")
        return f"{self._path}/{sid}.json"

    def _pages(self, query: Form) -> Iterator[Message]:
        path = f"{self._path}.json"
        while True:
            page = self._gateway.get(path, query)
            yield from (_read(tree) for tree in _entries(page))
            following = page.get("next_page_uri")
            if not following:
                return
            query = _next_query(path, following)


def _read(tree: dict[str, Any]) -> Message:
    try:
        return Message.from_json(tree)
    except ValueError as error:
        raise AnswerError(f"the answer cannot be read: {error}") from error


def _entries(page: dict[str, Any]) -> Sequence[dict[str, Any]]:
    entries = page.get("messages")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise AnswerError("the answer cannot be read: a page without messages")
    return entries


def _next_query(path: str, following: object) -> Form:
    """Take the query of the next page's URI; the path stays ours, wherever an answer points."""
    parts = urlsplit(str(following))
    if not parts.path.endswith(path):
        raise AnswerError("the answer cannot be read: its next page is not a page of messages")
    return tuple(parse_qsl(parts.query, keep_blank_values=True))


def _check_at_least_one(name: str, number: int | None) -> None:
    if number is not None and number < 1:
        raise ValidationError(f"{name} must be at least 1, is {number}")
