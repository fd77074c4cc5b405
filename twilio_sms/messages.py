"""Send, get, list, cancel, redact and delete messages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Unpack

from twilio_sms.domain.draft import Draft
from twilio_sms.domain.message import Message
from twilio_sms.domain.send_options import SendOptions
from twilio_sms.errors import ValidationError
from twilio_sms.gateway import Gateway
from twilio_sms.listing import Listing
from twilio_sms.redaction import mask

_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}", re.ASCII)


class Messages:
    """The messages of one account."""

    def __init__(self, gateway: Gateway, account_sid: str) -> None:
        self._gateway = gateway
        self._listing = Listing(gateway, account_sid)
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
        return self._listing.messages(
            to=to,
            from_=from_,
            date_sent=date_sent,
            date_sent_after=date_sent_after,
            date_sent_before=date_sent_before,
            page_size=page_size,
            limit=limit,
        )

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
