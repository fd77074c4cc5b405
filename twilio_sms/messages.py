"""Send, get, list, cancel, redact and delete messages, wait for one, and look for one that may have been sent."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from twilio_sms.clock import Clock
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.message import Message
from twilio_sms.domain.phone import ReadNumber
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.send_options import SendOptions
from twilio_sms.domain.status import Status
from twilio_sms.errors import AcceptedWithoutSidError, AmbiguousSendError, SchedulingError, ValidationError
from twilio_sms.gateway import Gateway
from twilio_sms.sending import SendPath, Terms

if TYPE_CHECKING:  # loaded by who asks for more than to send
    from twilio_sms.bulk.bulk import Bulk, Source
    from twilio_sms.bulk.options import BulkArguments
    from twilio_sms.bulk.report import BulkReport
    from twilio_sms.listing import Listing
    from twilio_sms.reconcile import Reconciliation
    from twilio_sms.templates import Templates

_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}", re.ASCII)
_FOR_A_BODY = frozenset({"template", "values"})
_ANY_BODY = "x"  # stands in for one that a template could not make, so that whatever else is wrong is told too


class MessageOptions(SendOptions, total=False):
    """What a message may have besides recipient, sender and content; or the template of its body, with its values."""

    template: str | None
    values: Mapping[str, object] | None


class Messages:
    """The messages of one account."""

    def __init__(
        self,
        path: str,
        gateway: Gateway,
        send_path: SendPath,
        make_listing: "Callable[[], Listing]",
        make_bulk: "Callable[[], Bulk]",
        *,
        total_seconds: float,
        read_number: ReadNumber,
        clock: Clock,
        templates: "Callable[[], Templates]",
    ) -> None:
        self._path = path
        self._gateway = gateway
        self._send_path = send_path
        self._make_listing = make_listing
        self._make_bulk = make_bulk
        self._terms = Terms(total_seconds=total_seconds)
        self._look_seconds = total_seconds
        self._read_number = read_number
        self._clock = clock
        self._templates = templates

    def send(
        self,
        draft: Draft | None = None,
        *,
        to: str | None = None,
        from_: str | None = None,
        body: str | None = None,
        media_url: str | Sequence[str] | None = None,
        messaging_service_sid: str | None = None,
        **options: Unpack[MessageOptions],
    ) -> Message:
        """Send one message, and return it as Twilio created it: a *draft* of `prepare`, or what the others say.

        Needs *to* (E.164), a sender (*from_*: a number, short code or alphanumeric ID, or *messaging_service_sid*)
        and content (*body* of 1 to 1600 characters, up to 10 *media_url*, or ``content_sid``). In the place of a body
        may stand ``template``, the name of one of `Client.templates`, with its ``values``. Among the *options*, which
        have Twilio's names, are ``status_callback``, the address to tell what becomes of it, ``content_variables``,
        ``validity_period`` in seconds, and ``send_at``, which needs a time zone and a messaging service, and lies 300
        seconds to 35 days ahead; `SendOptions` has all. Source: Twilio's Message resource.

        An attempt is repeated only if it provably was not processed; all of it, waits included, ends with
        ``Timeouts.total_seconds``. Before anything is sent it raises `ValidationError`, or a `GateError`: the
        recipient opted out (`LocalOptOutError`, `OptOutUnknownError`), the limits (`LocalRateLimitError`) or the
        circuit breaker (`BreakerOpenError`) do not let it go now. Then `ConnectionFailedError` if nothing was sent,
        `AmbiguousSendError` if it may have been, `AcceptedWithoutSidError` if it was and the answer is unreadable, and
        an `ApiError` if Twilio refused.
        """
        given = {
            "to": to,
            "from_": from_,
            "body": body,
            "media_url": media_url,
            "messaging_service_sid": messaging_service_sid,
            **options,
        }
        if draft is None:
            return self._send_path.send(partial(self._draft, given), self._terms)
        _check_draft(draft, given)
        return self._send_path.send(lambda: draft, self._terms)

    def prepare(
        self,
        *,
        to: str,
        from_: str | None = None,
        body: str | None = None,
        media_url: str | Sequence[str] | None = None,
        messaging_service_sid: str | None = None,
        **options: Unpack[MessageOptions],
    ) -> Draft:
        """Return the draft of a message, checked and ready for `send`; raise `ValidationError` for what cannot be one.

        Takes what `send` takes. Keep the draft to `reconcile` it, should its sending end in doubt.
        """
        return self._draft(
            {
                "to": to,
                "from_": from_,
                "body": body,
                "media_url": media_url,
                "messaging_service_sid": messaging_service_sid,
                **options,
            }
        )

    def reconcile(
        self,
        draft: Draft,
        error: AmbiguousSendError | AcceptedWithoutSidError,
        *,
        known_sids: Collection[str] = (),
    ) -> "Reconciliation":
        """Look for the message that *draft* may have become when its sending ended with *error*.

        Says ``ACCEPTED`` with the message, ``NOT_FOUND_YET`` (Twilio's list lags: look again later; that it is not
        there proves nothing), or ``DOUBTFUL`` with the candidates: there are several, or such a draft cannot be
        recognised, since Twilio stores another body (content templates, shortened links, Smart Encoding) or none.
        *known_sids* are messages that are accounted for: other sends of the same text to the same recipient.
        """
        from twilio_sms.reconcile import Reconciler  # not for who is never in doubt

        return Reconciler(self._make_listing()).reconcile(draft, error, known_sids)

    def send_bulk(
        self,
        rows: "Source",
        *,
        journal: str | Path | None = None,
        body_template: str | None = None,
        template: str | None = None,
        **options: "Unpack[BulkArguments]",
    ) -> "BulkReport":
        """Send each of *rows* at most once, and say what became of them.

        *rows* are mappings of what `send` takes, from any iterable, or the path of a ``.csv`` or ``.jsonl`` file; they
        are read as they are needed, so a million take no more memory than a thousand. What a row does not say it takes
        from *options* (``from_="+1500…"``). *body_template* is a text such as ``"Hi $name"``, filled from the columns;
        so is *template*, the name of one of `Client.templates`.

        With a *journal* (a SQLite file, made if it is not there) every row is on disk as INFLIGHT before its first byte
        leaves. After a crash the same call with the same rows goes on where it was: what was under way is looked for in
        Twilio's list, while all other rows go on. One process at a time may use a journal.

        A row waits for the limits and for an open circuit breaker as long as it takes; wrong credentials and an opt-out
        list that cannot be read stop the bulk, and leave what is left PENDING. For the other *options* see
        `BulkArguments`. Raises `ValidationError` for settings and sources that cannot work, and `JournalError` if the
        journal belongs to another account or address, is in use, has other rows, or cannot be written; nothing is sent
        then.
        """
        if template is not None:
            if body_template is not None:
                raise ValidationError("give template, the name of one, or body_template, a text: not both")
            body_template = self._templates().get(template).text
        return self._make_bulk().send(rows, journal, body_template, options)

    def get(self, sid: str) -> Message:
        """Return the message with this SID; raises `NotFoundError` if there is none."""
        return self._gateway.get("get_message", self._resource(sid), Message.from_json)

    def wait_until(
        self,
        sid: str,
        status: Status | str | None = None,
        *,
        final: bool = True,
        timeout: float = 60.0,
        strict: bool = False,
    ) -> Message:
        """Look at a message until it has come as far as *status*, or to its end, and return it as it is then.

        Looks after 1 s, 1.5 s, … 15 s, for *timeout* seconds in all; where Twilio can reach you, callbacks and a
        `StatusTracker` cost less. With *final* an end also ends the wait when it is another one than *status*, so look
        at what is returned; without it, an end that is not as far as *status* raises at once.

        SENT may be the last that Twilio ever tells, so with *final* a message that is SENT when the time is up is
        returned, unless you are *strict*. Otherwise `WaitTimeoutError` has the message as it was ``last_seen``. Raises
        `ValidationError` for what is no status or no time, and what `get` raises.
        """
        from twilio_sms.waiting import Aim, Waiter  # not for who never waits

        aim = Aim.of(status, final=final, strict=strict)
        path = self._resource(sid)
        look = partial(self._gateway.get, "get_message", path, Message.from_json)
        waiter = Waiter(lambda deadline: look(deadline=deadline), self._clock, self._look_seconds)
        return waiter.wait(aim, timeout)

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
        return self._make_listing().messages(
            to=to,
            from_=from_,
            date_sent=date_sent,
            date_sent_after=date_sent_after,
            date_sent_before=date_sent_before,
            page_size=page_size,
            limit=limit,
        )

    def cancel(self, sid: str) -> Message:
        """Cancel a scheduled message; raises `SchedulingError` (30409) if it is not waiting any more.

        What is asked again once an answer got lost is refused if it worked the first time: then the message is asked.
        """
        form = (("Status", "canceled"),)
        try:
            return self._gateway.post("cancel_message", self._resource(sid), form, Message.from_json)
        except SchedulingError as refusal:
            message = self.get(sid) if refusal.attempts > 1 else None
            if message is None or message.status is not Status.CANCELED:
                raise
            return message

    def redact(self, sid: str) -> Message:
        """Empty the body of a message that has ended, for good."""
        return self._gateway.post("redact_message", self._resource(sid), (("Body", ""),), Message.from_json)

    def delete(self, sid: str) -> None:
        """Delete a message that has ended; raises `ConflictError` (20009) while it is in flight."""
        self._gateway.delete("delete_message", self._resource(sid))

    def _draft(self, given: dict[str, object]) -> Draft:
        if "template" in given or "values" in given:
            return self._draft_of_template(given)
        return Draft.from_arguments(given, self._read_number, self._clock.now)

    def _draft_of_template(self, given: dict[str, object]) -> Draft:
        """Return the draft whose body is a template's; what is wrong with both is told at once."""
        others = {name: value for name, value in given.items() if name not in _FOR_A_BODY}
        problems = Problems()
        body = problems.read("template:", self._body, others.get("body"), given.get("template"), given.get("values"))
        if problems:
            body = _ANY_BODY
        try:
            draft = Draft.from_arguments({**others, "body": body}, self._read_number, self._clock.now)
        except ValidationError as error:
            problems.append(error.message)
        if problems:
            problems.raise_all()
        return draft

    def _body(self, body: str | None, template: str | None, values: Mapping[str, object] | None) -> str | None:
        if template is None:
            if values is not None:
                raise ValidationError("is missing: values are for the placeholders of one")
            return body
        if body is not None:
            raise ValidationError("makes the body: give template or body, not both")
        return self._templates().get(template).fill_exactly({} if values is None else values)

    def _resource(self, sid: str) -> str:
        if not isinstance(sid, str) or not _SID.fullmatch(sid):
            raise ValidationError("a message SID has SM or MM and 32 hexadecimal digits")
        return f"{self._path}/{sid}.json"


def _check_draft(draft: object, given: dict[str, object]) -> None:
    if not isinstance(draft, Draft):
        raise ValidationError(f"send takes a draft of prepare() or arguments by name, got {type(draft).__name__}")
    if named := [name for name, value in given.items() if value is not None]:
        raise ValidationError(f"a draft is sent as it is: leave out {', '.join(named)}, or prepare another draft")
