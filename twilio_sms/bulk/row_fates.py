"""What becomes of a row when its sending fails: decided here, written elsewhere.

A row ends with a failure that is about its message. One that is about Twilio, the network or our own gates says nothing
about the row: it goes back and is tried again later, and where it says that others would fail, too, they rest with it.
Where no further row would do better whenever it is tried, the bulk stops, with what is left as it was.
"""

from dataclasses import dataclass, replace
from enum import Enum

from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    ApiError,
    AuthenticationError,
    BreakerOpenError,
    ConnectionFailedError,
    CredentialsError,
    JournalError,
    LocalOptOutError,
    LocalRateLimitError,
    NotFoundError,
    NotProcessedError,
    OptOutUnknownError,
    QueueFullError,
    RateLimitedError,
    TwilioError,
    ValidationError,
)
from twilio_sms.verdict import Verdict

LONGEST_REST_SECONDS = 600.0  # whoever asks for more is asked again: a Retry-After may be nonsense


class Fate(Enum):
    """What becomes of a row."""

    REJECTED = "it can never be sent"
    SKIPPED = "its recipient opted out"
    DOUBTFUL = "it may have been sent"
    SID_LOST = "it was accepted, its SID is lost"
    LATER = "it was not sent, and is tried again after a while"
    STOPS = "it was not sent, and no other will be"


class Resting(Enum):
    """Who rests when a row does."""

    ROW = "it alone"
    SENDER = "all rows of its sender"
    ALL = "all rows"
    UNTIL_ANSWERED = "all rows, but no longer than until Twilio answers again"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A fate; *rest_seconds* is how long *who* rests, if the error does not say."""

    fate: Fate
    rest_seconds: float = 0.0
    who: Resting = Resting.ROW


RULINGS: dict[type[TwilioError], Ruling] = {
    AmbiguousSendError: Ruling(Fate.DOUBTFUL),
    AcceptedWithoutSidError: Ruling(Fate.SID_LOST),
    ValidationError: Ruling(Fate.REJECTED),
    LocalOptOutError: Ruling(Fate.SKIPPED),
    LocalRateLimitError: Ruling(Fate.LATER, 1.0),
    BreakerOpenError: Ruling(Fate.LATER, 1.0, Resting.UNTIL_ANSWERED),
    # The retries before it were in vain, so the account as such is too fast.
    RateLimitedError: Ruling(Fate.LATER, 5.0, Resting.ALL),
    # Twilio, error 21611: a sender's queue holds hours of messages; what drains it is time.
    QueueFullError: Ruling(Fate.LATER, 60.0, Resting.SENDER),
    ConnectionFailedError: Ruling(Fate.LATER, 5.0),  # if it is not this one alone, the breaker will say so
    NotProcessedError: Ruling(Fate.LATER, 5.0),
    OptOutUnknownError: Ruling(Fate.STOPS),
    CredentialsError: Ruling(Fate.STOPS),
    JournalError: Ruling(Fate.STOPS),
    AuthenticationError: Ruling(Fate.STOPS),
    NotFoundError: Ruling(Fate.STOPS),  # the account or the address, since a message has no name yet
    ApiError: Ruling(Fate.REJECTED),
    TwilioError: Ruling(Fate.STOPS),  # one that nobody thought of: better to stop than to use up rows
}


def ruling_on(error: TwilioError) -> Ruling:
    """Return what becomes of a row that failed with *error*, by the nearest class that the table knows."""
    if error.verdict is Verdict.UNKNOWN:  # whatever its class: a message may be out
        return RULINGS[AmbiguousSendError]
    ruling = next(RULINGS[kind] for kind in type(error).__mro__ if kind in RULINGS)
    if ruling.fate is Fate.REJECTED and _is_a_strangers(error):
        return Ruling(Fate.STOPS)
    if ruling.fate is Fate.LATER and error.retry_after_seconds is not None:
        return replace(ruling, rest_seconds=min(error.retry_after_seconds, LONGEST_REST_SECONDS))
    return ruling


def _is_a_strangers(error: TwilioError) -> bool:
    """Whether a proxy or a portal refused: Twilio's refusals have a code (Twilio, "Error and warning dictionary")."""
    return isinstance(error, ApiError) and error.code is None
