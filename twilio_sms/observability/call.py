"""A call that is being watched: what the send path tells of it."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from twilio_sms.domain.message import Message
from twilio_sms.errors import TwilioError
from twilio_sms.observability.outcomes import Outcome
from twilio_sms.observability.record import CallRecord
from twilio_sms.observability.spans import CALL_PREFIX, Span, Tracer


class Call:
    """One call, from entering to leaving; belongs to one thread. `Observer.watch` makes it."""

    __slots__ = (
        "_attempts",
        "_began_seconds",
        "_end",
        "_message",
        "_monotonic",
        "_operation",
        "_recipient",
        "_sender",
        "_span",
        "_tracer",
    )

    def __init__(
        self,
        operation: str,
        tracer: Tracer,
        monotonic: Callable[[], float],
        end: Callable[["Call", Span, float, BaseException | None], None],  # the call, its span, seconds, what it raised
    ) -> None:
        self._operation = operation
        self._tracer = tracer
        self._monotonic = monotonic
        self._end = end
        self._recipient: str | None = None
        self._sender: str | None = None
        self._message: Message | None = None
        self._attempts: int | None = None

    def step(self, name: str) -> Span:
        """Return a span of a part of the call: a child of the span that is entered now. For names see `spans.TREE`."""
        return self._tracer.span(name)

    def recipient(self, number: str) -> None:
        """Tell whom it is for: the whole number, which is redacted wherever it is shown."""
        self._recipient = number

    def sender(self, text: str | None) -> None:
        """Tell whom it is from."""
        self._sender = text

    def tried(self, attempts: int) -> None:
        """Tell how many requests were made so far."""
        self._attempts = attempts

    @property
    def attempts(self) -> int:
        """How many requests were made so far."""
        return self._attempts or 0

    def done(self, message: Message | None = None) -> None:
        """Tell that Twilio carried it out, and with which message."""
        self._message = message

    def record(self, outcome: Outcome, seconds: float, error: BaseException | None) -> CallRecord:
        """Return what there is to say of it; what was not told is taken from the message."""
        message = self._message
        return CallRecord(
            operation=self._operation,
            outcome=outcome,
            seconds=seconds,
            attempts=_attempts(error) or self._attempts,
            recipient=self._recipient or (message.to if message else None),
            sender=self._sender or (message.from_ if message else None),
            message=message,
            error=error,
        )

    def __enter__(self) -> Self:
        self._began_seconds = self._monotonic()
        self._span = self._tracer.span(CALL_PREFIX + self._operation)
        self._span.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._end(self, self._span, self._monotonic() - self._began_seconds, error)
        finally:  # Ctrl-C in an adapter passes, and leaves no span open
            self._span.__exit__(kind, error, trace)


def _attempts(error: BaseException | None) -> int | None:
    """Return the number of tries an error tells of; one without a verdict comes from before the first."""
    return error.attempts if isinstance(error, TwilioError) and error.verdict is not None else None
