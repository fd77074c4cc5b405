"""How each failure of a send comes about: the class of the error, and what has to happen for it.

An error is never thrown by the mock itself. For what Twilio or the wire does there is an answer, or the place where an
answer got lost, and the client makes the error of it as it would in production, retries included. For what stops a
message in this process there is a gate, which is brought into the state in which it refuses. What no send can end with
is refused, with what to simulate in its place.
"""

import json
from typing import NamedTuple

from twilio_sms.catalogue import error_class
from twilio_sms.domain.settings import is_whole
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    ApiError,
    AuthenticationError,
    BreakerOpenError,
    ConflictError,
    ConnectionFailedError,
    CredentialsError,
    GateError,
    InvalidRecipientError,
    JournalError,
    LocalOptOutError,
    LocalRateLimitError,
    NoAnswerError,
    NotFoundError,
    NotProcessedError,
    OptedOutError,
    OptOutUnknownError,
    QueueFullError,
    RateLimitedError,
    RegionNotEnabledError,
    ReplayError,
    RequestError,
    SchedulingError,
    SenderError,
    ServerError,
    TwilioError,
    ValidationError,
    WaitTimeoutError,
    WebhookStoreError,
    WireError,
)
from twilio_sms.transport.wire import LostAnswer, Response
from twilio_sms.verdict import Phase

# The HTTP status and the code that Twilio's error dictionary gives them, https://www.twilio.com/docs/api/errors.
REFUSALS: dict[type[TwilioError], tuple[int, int | None]] = {
    AuthenticationError: (401, 20003),
    NotFoundError: (404, 20404),
    RateLimitedError: (429, 20429),
    NotProcessedError: (408, None),
    RequestError: (400, 20001),
    InvalidRecipientError: (400, 21211),
    OptedOutError: (400, 21610),
    RegionNotEnabledError: (400, 21408),
    SenderError: (400, 21606),
    QueueFullError: (400, 21611),
    SchedulingError: (400, 35114),
    ConflictError: (409, 20409),
}
LOST: dict[type[TwilioError], Phase] = {ConnectionFailedError: Phase.OPENING, AmbiguousSendError: Phase.SENT}
UNREADABLE = (AcceptedWithoutSidError,)
GATES = (LocalOptOutError, OptOutUnknownError, LocalRateLimitError, BreakerOpenError, CredentialsError)

_HEADERS = {"content-type": "application/json"}
_A_KIND = "it only stands for several: name one of"
# What no send ends with, and what to do instead.
INSTEAD: dict[type[TwilioError], str] = {
    TwilioError: f"{_A_KIND} its subclasses, such as RateLimitedError",
    GateError: f"{_A_KIND} LocalRateLimitError, BreakerOpenError, LocalOptOutError, OptOutUnknownError",
    WireError: f"{_A_KIND} ConnectionFailedError, AmbiguousSendError",
    ApiError: f"{_A_KIND} its subclasses, such as InvalidRecipientError",
    AnswerError: "a send whose answer cannot be read ends with AcceptedWithoutSidError",
    ValidationError: "it comes from the arguments alone: send a message with wrong ones",
    JournalError: "it comes from the journal of a bulk: give send_bulk one that cannot be written",
    WebhookStoreError: "it comes from the store of a webhook handler: give the handler one that fails",
    WaitTimeoutError: "it comes of waiting for a status: do not report() one",
    ReplayError: "it comes from a cassette: replay one that has no answer",
    NoAnswerError: "only a read or a change ends with it; a send whose answer is lost ends with AmbiguousSendError",
    ServerError: "a message that is answered with a 5xx may have been sent: AmbiguousSendError with status=500",
}


class Simulated(NamedTuple):
    """One failure that is to come: what the wire does, or which gate refuses."""

    kind: type[TwilioError]
    answer: Response | LostAnswer | None = None  # without one a gate refuses
    is_taken: bool = False  # whether Twilio took the message nevertheless

    @property
    def is_at_gate(self) -> bool:
        return self.answer is None


def simulated(
    kind: object,
    *,
    code: int | None = None,
    status: int | None = None,
    retry_after_seconds: int | None = None,
    was_sent: bool = True,
) -> Simulated:
    """Return what makes a send end with *kind*, a class of `twilio_sms.errors`.

    *code* is another of Twilio's codes, *status* another HTTP status that end with the same class,
    *retry_after_seconds* a whole number that comes as Retry-After. *was_sent* says whether a message in doubt
    (`AmbiguousSendError`) is to be found later. Raises `ValidationError` for what no send ends with.
    """
    if not (isinstance(kind, type) and issubclass(kind, TwilioError)):
        raise ValidationError(f"a failure is a class of twilio_sms.errors, such as RateLimitedError, is {kind!r}")
    if kind in INSTEAD:
        raise ValidationError(f"{kind.__name__} cannot be simulated: {INSTEAD[kind]}")
    has_answer = kind in REFUSALS or (kind is AmbiguousSendError and status is not None)
    if not has_answer and (code, status, retry_after_seconds) != (None, None, None):
        raise ValidationError(f"{kind.__name__} comes without an answer: leave out code, status, retry_after_seconds")
    if kind in GATES:
        return Simulated(kind)
    if kind in UNREADABLE:
        return Simulated(kind, Response(status=201, headers=_HEADERS, body=b'{"sid": "SM'), is_taken=True)
    if not has_answer:
        return Simulated(
            kind, LostAnswer(LOST[kind], "simulated"), is_taken=was_sent and LOST[kind] is not Phase.OPENING
        )
    usual_status, usual_code = REFUSALS.get(kind, (500, 20500))
    answer = _refusal(status or usual_status, code or usual_code, retry_after_seconds)
    _check_answer(kind, answer.status, code or usual_code)
    return Simulated(kind, answer, is_taken=was_sent and kind is AmbiguousSendError)


def _refusal(status: int, code: int | None, retry_after_seconds: int | None) -> Response:
    if not is_whole(status) or not 300 <= status <= 599:
        raise ValidationError(f"status must be one of a failure, 300 to 599, is {status!r}")
    if retry_after_seconds is not None and (not is_whole(retry_after_seconds) or retry_after_seconds < 0):
        raise ValidationError(f"retry_after_seconds must be a whole number from 0 on, is {retry_after_seconds!r}")
    headers = _HEADERS if retry_after_seconds is None else {**_HEADERS, "retry-after": str(retry_after_seconds)}
    tree = {"message": "simulated", "status": status}
    if code is not None:
        tree |= {"code": code, "more_info": f"https://www.twilio.com/docs/errors/{code}"}
    return Response(status=status, headers=headers, body=json.dumps(tree).encode())


def _check_answer(kind: type[TwilioError], status: int, code: int | None) -> None:
    """Raise if a send that is answered like this would end with another class."""
    found = AmbiguousSendError if status >= 500 else error_class(status, code)
    if found is not kind:
        raise ValidationError(f"HTTP {status} with code {code} is no {kind.__name__}, but {found.__name__}")
