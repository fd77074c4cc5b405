"""One tree of errors, split by what the caller can do.

TwilioError
├── ValidationError              an argument is wrong; nothing left the process
├── GateError                    a gate of ours stopped the call; nothing left the process
│   ├── LocalRateLimitError      faster than our own limit: wait `retry_after_seconds`
│   ├── BreakerOpenError         Twilio was in trouble a moment ago: wait `retry_after_seconds`
│   ├── LocalOptOutError         our own list says that the recipient opted out
│   └── OptOutUnknownError       the list cannot be read, so nothing is sent
├── CredentialsError             what to sign with cannot be had; nothing left the process
├── JournalError                 the journal of a bulk cannot be used, so nothing is sent
├── WebhookStoreError            what webhooks were seen cannot be read or written: Twilio must come again
├── WaitTimeoutError             a message did not come so far in time; it may still
├── ReplayError                  the cassette has no answer to this request
├── WireError                    no answer came that says what became of the call
│   ├── ConnectionFailedError    proven not sent: may be repeated
│   ├── NoAnswerError            a read or a change went out, its answer is lost
│   └── AmbiguousSendError       a message may have been sent: never repeat it blindly, look for it
├── AnswerError                  Twilio carried the call out, its answer cannot be read
│   └── AcceptedWithoutSidError  a message was accepted, its SID is lost: never repeat it
└── ApiError                     Twilio refused
    ├── AuthenticationError      change the credentials
    ├── NotFoundError            there is no such thing
    ├── RateLimitedError         wait `retry_after_seconds`, then repeat
    ├── NotProcessedError        repeat once, on a new connection
    ├── ServerError              Twilio is in trouble
    ├── RequestError             the request as such is wrong
    ├── InvalidRecipientError    this recipient cannot get a message
    ├── OptedOutError            the recipient said STOP
    ├── RegionNotEnabledError    a person must enable the country in the account
    ├── SenderError              the sender or the messaging service cannot send this
    ├── QueueFullError           the sender's queue is full: pause this sender
    ├── SchedulingError          the message cannot be scheduled or canceled as asked
    └── ConflictError            the thing is in a state that does not allow this
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, Protocol

from twilio_sms.redaction import mask_numbers
from twilio_sms.verdict import Phase, Verdict

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_NOT_SHOWN = frozenset({"more_info", "request_id", "headers"})  # as they came, they may hold anything: a number, too


class Evidence(NamedTuple):
    """What is known of a failed call; never a secret, a body or a whole phone number."""

    verdict: Verdict | None = None
    phase: Phase | None = None
    status: int | None = None
    code: int | None = None
    more_info: str | None = None
    request_id: str | None = None
    headers: Mapping[str, str] | None = None
    retry_after_seconds: float | None = None
    repeatable: bool = False
    recipient: str | None = None
    attempts: int = 1
    started_at: datetime | None = None
    row_key: str | None = None

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self._asdict().items() if name not in _NOT_SHOWN)
        return f"Evidence({', '.join(shown)})"


class TwilioError(Exception):
    """Whatever goes wrong in this package."""

    def __init__(self, message: str, evidence: Evidence | None = None) -> None:
        self.message = mask_numbers(message)
        self.evidence = evidence or Evidence(attempts=0)
        super().__init__(self.message, self.evidence)

    def __str__(self) -> str:
        return self.message

    @property
    def repeatable(self) -> bool:
        """Whether the same call may be made again without a second effect. From the verdict, never from the code."""
        return self.evidence.repeatable

    @property
    def verdict(self) -> Verdict | None:
        """What the failure proves; ``None`` when nothing was tried."""
        return self.evidence.verdict

    @property
    def status(self) -> int | None:
        """The HTTP status, if a complete status line came."""
        return self.evidence.status

    @property
    def code(self) -> int | None:
        """Twilio's error code, such as 21211, if the answer had one."""
        return self.evidence.code

    @property
    def more_info(self) -> str | None:
        """The address of Twilio's page about the code."""
        return self.evidence.more_info

    @property
    def request_id(self) -> str | None:
        """Twilio's ``Twilio-Request-Id``, for a support ticket."""
        return self.evidence.request_id

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the answer, with lower-case names; empty if none came."""
        return self.evidence.headers or _NO_HEADERS

    @property
    def retry_after_seconds(self) -> float | None:
        """How long Twilio, or a gate of ours, asks to wait; ``None`` if nobody says."""
        return self.evidence.retry_after_seconds

    @property
    def attempts(self) -> int:
        """How many requests were tried, this last one included; 0 if nothing left the process."""
        return self.evidence.attempts


class ValidationError(TwilioError, ValueError):
    """An argument is wrong; nothing left the process."""


class GateError(TwilioError):
    """A gate of ours stopped the call; nothing left the process."""


class LocalRateLimitError(GateError):
    """The message would go out faster than our own limit allows. Twilio's own refusal is `RateLimitedError`."""


class BreakerOpenError(GateError):
    """Twilio was in trouble a moment ago; nothing is tried until `retry_after_seconds` have passed."""


class LocalOptOutError(GateError):
    """Our own list says that the recipient opted out. Twilio's own refusal is `OptedOutError`."""


class OptOutUnknownError(GateError):
    """Whether the recipient opted out cannot be read, so nothing is sent."""


class CredentialsError(TwilioError):
    """What to sign with cannot be had: a file, a variable or a vault gives no secret. Nothing left the process.

    Wrong credentials are `AuthenticationError`: that is for Twilio to say.
    """


class JournalError(TwilioError):
    """The journal of a bulk cannot be used, so nothing is sent."""


class WebhookStoreError(TwilioError):
    """What webhooks were seen, or how far messages are, cannot be read or written: Twilio must come again."""


class SeenMessage(Protocol):
    """What an error tells of a message: of a `Message`, that is."""

    @property
    def sid(self) -> str: ...

    @property
    def status_text(self) -> str: ...

    @property
    def error_code(self) -> int | None: ...


class WaitTimeoutError(TwilioError):
    """A message did not come so far in the time that was given; it may still, unless it ended.

    *last_seen* is the message as it was when it was last looked at, ``None`` if no look succeeded.
    """

    def __init__(self, message: str, evidence: Evidence | None = None, last_seen: SeenMessage | None = None) -> None:
        super().__init__(message, evidence)
        self.last_seen = last_seen


class ReplayError(TwilioError):
    """The cassette has no answer to this request."""


class WireError(TwilioError):
    """No answer came that says what became of the call."""

    @property
    def phase(self) -> Phase | None:
        """How far the request had come."""
        return self.evidence.phase


class ConnectionFailedError(WireError):
    """Proven not sent; may be repeated."""


class NoAnswerError(WireError):
    """A read or a change went out and its answer is lost."""


class _OfASend:
    """By what a message is looked for when its sending ended in doubt."""

    evidence: Evidence

    @property
    def recipient(self) -> str | None:
        """The masked recipient."""
        return self.evidence.recipient

    @property
    def started_at(self) -> datetime | None:
        """When the first try began, in UTC: a message that came of it is not older."""
        return self.evidence.started_at

    @property
    def row_key(self) -> str | None:
        """The key of the bulk row that was being sent, if it was one."""
        return self.evidence.row_key


class AmbiguousSendError(_OfASend, WireError):
    """A message may have been sent. Look for it before you send it again: `client.messages.reconcile`."""


class AnswerError(TwilioError):
    """Twilio carried the call out, but its answer cannot be read."""


class AcceptedWithoutSidError(_OfASend, AnswerError):
    """A message was accepted and its SID is lost. Never send it again; look for it: `client.messages.reconcile`."""


class ApiError(TwilioError):
    """Twilio refused the call."""


class AuthenticationError(ApiError):
    """The credentials are wrong, or do not allow this."""


class NotFoundError(ApiError):
    """There is no such resource."""


class RateLimitedError(ApiError):
    """Too many requests at once; this one was not processed."""


class NotProcessedError(ApiError):
    """The server says that it did not process the request (408, 421, 425)."""


class ServerError(ApiError):
    """Twilio, or a proxy in front of it, is in trouble."""


class RequestError(ApiError):
    """The request as such is wrong: a parameter, its value, the method."""


class InvalidRecipientError(ApiError):
    """This recipient cannot get a message."""


class OptedOutError(ApiError):
    """The recipient opted out of this sender or messaging service."""


class RegionNotEnabledError(ApiError):
    """Sending to this country is not enabled; a person must change the account's setting."""


class SenderError(ApiError):
    """The sender or the messaging service cannot send this."""


class QueueFullError(ApiError):
    """The sender's queue is full."""


class SchedulingError(ApiError):
    """The message cannot be scheduled or canceled as asked."""


class ConflictError(ApiError):
    """The resource is in a state that does not allow this."""
