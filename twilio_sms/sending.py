"""The way of one message: each line is one thing that may stop it."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol

from twilio_sms.clock import Clock
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.form import Form
from twilio_sms.domain.message import Message
from twilio_sms.errors import Evidence, GateError, OptedOutError, TwilioError
from twilio_sms.gateway import Dispatch, Gateway
from twilio_sms.observability.call import Call
from twilio_sms.observability.observer import Observer
from twilio_sms.redaction import mask
from twilio_sms.refusals import ForeignAnswer, Json
from twilio_sms.resilience.rate_limit import Limiter

_TELLING_DIGITS = 6  # at the end of a number
_log = logging.getLogger("twilio_sms")


class OptOutGate(Protocol):
    """Who must not be texted."""

    def check(self, recipient: str, sender: str | None, service: str | None, *, fresh: bool = False) -> None:
        """Raise `LocalOptOutError` for who opted out, `OptOutUnknownError` if it cannot be read."""

    def learn_from_twilio(
        self, recipient: str, sender: str | None, service: str | None, *, at: datetime | None = None
    ) -> bool:
        """Take it that Twilio refused with 21610 a request that began *at*; return whether that is new."""


class Terms(NamedTuple):
    """On which terms a message is sent."""

    total_seconds: float | None  # for everything, waits included; without it, the wait for the limiter is not counted
    row_key: str | None = None  # of the row of a bulk
    should_stop: Callable[[], bool] | None = None  # asked while it waits for the limiter, and before each request
    before_first_byte: Callable[[], None] | None = None  # once, after all gates but the opt-out; may refuse
    fresh_opt_out: bool = False  # read the list itself before each request leaves, not what is remembered of it


class SendPath:
    """What every message goes through, whether it is sent alone or in a bulk."""

    def __init__(
        self,
        path: str,
        gateway: Gateway,
        opt_outs: OptOutGate,
        limiter: Limiter,
        observer: Observer,
        clock: Clock,
        *,
        answer_seconds: float = 0.0,  # what the wait for the limits leaves of the total
        trace_callbacks: bool = False,
    ) -> None:
        self._path = path
        self._gateway = gateway
        self._opt_outs = opt_outs
        self._limiter = limiter
        self._observer = observer
        self._clock = clock
        self._answer_seconds = answer_seconds
        self._trace_callbacks = trace_callbacks

    def send(self, read_draft: Callable[[], Draft], terms: Terms) -> Message:
        """Send the draft that *read_draft* returns; raise a `TwilioError` if it was not, or may not have been, sent."""
        deadline = None if terms.total_seconds is None else self._clock.monotonic() + terms.total_seconds
        with self._observer.watch("send_sms") as call:
            with call.step("validate_phone"):
                draft = read_draft()
            _introduce(call, draft)
            with call.step("check_opt_out"):
                self.check_opt_out(draft)
            with call.step("rate_limit"):
                self._wait_for_turn(draft, deadline, terms)
            message = self._create(draft, deadline, terms, call)
            call.done(message)
        return message

    def check_opt_out(self, draft: Draft, *, fresh: bool = False) -> None:
        """Raise if the recipient opted out, or if that cannot be told; *fresh* asks the list itself."""
        self._opt_outs.check(draft.to.e164, draft.sender_text, draft.messaging_service_sid, fresh=fresh)

    def _wait_for_turn(self, draft: Draft, deadline: float | None, terms: Terms) -> None:
        self._limiter.acquire(
            draft.to.e164,
            draft.sender_text or draft.messaging_service_sid,
            draft.count_segments,
            deadline=None if deadline is None else deadline - self._answer_seconds,
            wait=True if terms.total_seconds is None else None,
            should_stop=terms.should_stop,
        )

    def _create(self, draft: Draft, deadline: float | None, terms: Terms, call: Call) -> Message:
        """Breaker, authorization, request, answer; see `exchange`."""
        dispatch = Dispatch(
            form=self._form(draft),
            recipient=mask(draft.to.e164),
            row_key=terms.row_key,
            deadline=deadline,
            last_look=_LastLook(terms, partial(self.check_opt_out, draft, fresh=terms.fresh_opt_out)),
        )
        try:
            message = self._gateway.create_message(self._path, dispatch, partial(_read_message, draft), call)
        except OptedOutError as refusal:
            self._learn_opt_out(draft, refusal)
            raise
        return message if call.attempts == 1 else replace(message, attempts=call.attempts)

    def _form(self, draft: Draft) -> Form:
        traceparent = self._observer.traceparent() if self._trace_callbacks else None
        if traceparent is None:
            return draft.to_form()
        from twilio_sms.observability.traceparent import with_traceparent  # few have their callbacks traced

        return tuple(
            (name, with_traceparent(value, traceparent) if name == "StatusCallback" else value)
            for name, value in draft.to_form()
        )

    def _learn_opt_out(self, draft: Draft, refusal: OptedOutError) -> None:
        """Keep in mind that Twilio refused for an opt-out; that it cannot be kept is no news for the caller."""
        try:
            self._opt_outs.learn_from_twilio(
                draft.to.e164, draft.sender_text, draft.messaging_service_sid, at=refusal.evidence.started_at
            )
        except Exception as error:  # also of a store that was handed in
            told = error if isinstance(error, TwilioError) else type(error).__name__
            with suppress(Exception):  # where the log is broken, too, nobody is left to tell
                _log.warning("an opt-out that Twilio told (21610) could not be kept: %s", told)


class _LastLook:
    """What is asked right before a request leaves: once whether it may begin, and each time the stop and the opt-out.

    The order matters: a STOP that comes after the mark is either seen by the look that follows it, or came while the
    message was already on its way. Who is told to stop while a retry is waited for sends nothing more: who stopped it
    may have begun anew since, and takes it that nothing of before is still to leave.
    """

    def __init__(self, terms: Terms, check_opt_out: Callable[[], None]) -> None:
        self._begin = terms.before_first_byte
        self._should_stop = terms.should_stop
        self._check_opt_out = check_opt_out

    def __call__(self) -> None:
        if self._should_stop is not None and self._should_stop():
            raise GateError("stopped before the message could leave", Evidence(repeatable=True, attempts=0))
        begin, self._begin = self._begin, None
        if begin is not None:
            begin()
        self._check_opt_out()


def _read_message(draft: Draft, tree: Json) -> Message:
    """Read the message that *draft* became; raise `ForeignAnswer` if it is somebody else's.

    HTTP/1.1 has no name for a request, so an answer that comes twice is taken for the next one's. Only the end of the
    number is held against the draft's: Twilio may write the rest in another way (a 1 after +52 for Mexico comes and
    goes), or hide it.
    """
    message = Message.from_json(tree)
    is_whole = message.to.removeprefix("+").isdigit()
    if is_whole and message.to[-_TELLING_DIGITS:] != draft.to.e164[-_TELLING_DIGITS:]:
        raise ForeignAnswer("the answer is that of a message to another number")
    return message


def _introduce(call: Call, draft: Draft) -> None:
    call.recipient(draft.to.e164)
    call.sender(draft.sender_text or draft.messaging_service_sid)
