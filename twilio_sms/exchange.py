"""One call, attempt after attempt, until it is answered or may not be made again."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Generic, NamedTuple, Protocol, TypeVar

from twilio_sms.clock import Clock
from twilio_sms.credentials.basic import Credentials, ask
from twilio_sms.domain.form import Form
from twilio_sms.errors import ConnectionFailedError, RateLimitedError, TwilioError
from twilio_sms.observability.spans import Attribute, Span
from twilio_sms.refusals import Attempt, ForeignAnswer, lost_answer, refusal, unreadable
from twilio_sms.resilience.guard import CircuitBreaker, guarded
from twilio_sms.resilience.retrier import Retrier
from twilio_sms.resilience.trials import Permit
from twilio_sms.transport.wire import LostAnswer, Request, Response, Timeouts, Transport
from twilio_sms.verdict import NOT_PROCESSED, Effect, Phase, Verdict

T = TypeVar("T")
_ON_NEW_CONNECTION = NOT_PROCESSED - {429}


def nothing() -> None:
    """Let the call go on."""


class Watch(Protocol):
    """Who traces a call."""

    def step(self, name: str) -> Span:
        """Return a span for a part of the call."""

    def tried(self, attempts: int) -> None:
        """Take how many requests were made so far."""


class Parts(NamedTuple):
    """What every call of an account goes through."""

    base_url: str
    credentials: Credentials
    transport: Transport
    breaker: CircuitBreaker
    retrier: Retrier
    timeouts: Timeouts
    clock: Clock
    on_rate_limit: Callable[[], None] = nothing  # told of each 429


class Question(NamedTuple):
    """What is asked of Twilio, and what it does when it is asked twice."""

    operation: str
    method: str
    path: str
    effect: Effect
    form: Form = ()
    recipient: str | None = None  # masked
    row_key: str | None = None

    def __repr__(self) -> str:
        return f"Question({self.operation})"  # the form holds numbers and the text


class Exchange(Generic[T]):
    """One call; belongs to one thread.

    *read* makes a value of an answer; it raises `ValueError` for one that it cannot read, and `ForeignAnswer` for that
    of another request. *last_look* is asked right before each request leaves, once it can be signed, and may refuse by
    raising. *deadline* is on the monotonic clock; without one, it is the timeouts' total from now on.
    """

    def __init__(
        self,
        parts: Parts,
        question: Question,
        read: Callable[[Response], T],
        watch: Watch,
        *,
        deadline: float | None = None,
        last_look: Callable[[], None] = nothing,
    ) -> None:
        self._parts = parts
        self._question = question
        self._read = read
        self._watch = watch
        self._deadline = parts.clock.monotonic() + parts.timeouts.total_seconds if deadline is None else deadline
        self._last_look = last_look
        self._permit: Permit | None = None
        self._started_at: datetime | None = None
        self._wants_new_connection = False
        self.may_have_worked = False  # whether an attempt was made of which nobody knows what became

    def run(self) -> T:
        """Return what is read from the answer; raise a `TwilioError` if there is none to be had."""
        with self._watch.step("circuit_breaker"):
            self._permit = self._parts.breaker.admit()
        with self._watch.step("http_request"):
            return self._parts.retrier.run(
                self._try,
                operation=self._question.operation,
                deadline=self._deadline - self._parts.timeouts.answer_seconds,
                is_idempotent=self._question.effect is Effect.CHANGE,
            )

    def _try(self, number: int) -> T:
        """Make one attempt; the breaker let the first one in before the request's span began."""
        self._watch.tried(number)
        with self._watch.step("twilio.attempt") as span:
            span.set(Attribute.ATTEMPT_NUMBER, number)
            permit, self._permit = self._permit or self._parts.breaker.admit(), None
            return guarded(self._parts.breaker, permit, partial(self._attempt, number))

    def _attempt(self, number: int) -> T:
        request = self._request()  # before the last look: to ask a vault may take long
        self._last_look()
        self._check_time(number)
        try:
            with self._watch.step("http.send"):
                response = self._parts.transport.send(request)
        except LostAnswer as lost:
            raise self._noted(lost_answer(lost, self._told(number))) from lost
        if response.verdict is not Verdict.ACCEPTED:
            raise self._noted(refusal(response, self._told(number), self._parts.clock.now()))
        try:
            return self._read(response)
        except ForeignAnswer as foreign:
            raise self._noted(lost_answer(LostAnswer(Phase.SENT, str(foreign)), self._told(number))) from foreign
        except (ValueError, RecursionError) as error:
            raise self._noted(unreadable(response, self._told(number), str(error))) from error

    def _check_time(self, number: int) -> None:
        """Raise if the time was used up on this side: that says nothing about Twilio, so no breaker learns of it."""
        if self._parts.clock.monotonic() >= self._deadline:
            raise ConnectionFailedError(
                "nothing was sent: the time was used up before the request could leave, by an opt-out list or by "
                "credentials that took long",
                self._told(number).evidence(repeatable=True),
            )

    def _request(self) -> Request:
        self._started_at = self._started_at or self._parts.clock.now()
        return Request(
            method=self._question.method,
            url=self._parts.base_url + self._question.path,
            form=self._question.form,
            authorization=ask(self._parts.credentials).header(),
            timeouts=self._parts.timeouts,
            deadline=self._deadline,
            on_new_connection=self._wants_new_connection,
        )

    def _told(self, number: int) -> Attempt:
        question = self._question
        return Attempt(
            effect=question.effect,
            recipient=question.recipient,
            row_key=question.row_key,
            number=number,
            started_at=self._started_at,
            address=self._parts.base_url,
        )

    def _noted(self, error: TwilioError) -> TwilioError:
        """Keep in mind what an attempt that failed means for the next."""
        if isinstance(error, RateLimitedError):
            self._parts.on_rate_limit()
        self.may_have_worked |= error.verdict in (Verdict.UNKNOWN, Verdict.ACCEPTED)
        # A kept one may be closing, and what is lost on it is in doubt: a second message is not worth a handshake.
        self._wants_new_connection = error.status in _ON_NEW_CONNECTION or self._question.effect is Effect.SEND
        return error
