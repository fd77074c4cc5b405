"""What becomes of a row when its sending fails: decided here, written elsewhere.

A row ends with a failure that is about its message. One that is about Twilio, the network or our own gates says nothing
about the row: it goes back and is tried again later. And where every further row would fail in the same way, the bulk
stops, with what is left as it was.
"""

from dataclasses import dataclass
from enum import Enum

from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AuthenticationError,
    BreakerOpenError,
    ConnectionFailedError,
    CredentialsError,
    JournalError,
    LocalOptOutError,
    LocalRateLimitError,
    NotProcessedError,
    OptOutUnknownError,
    QueueFullError,
    RateLimitedError,
    TwilioError,
)
from twilio_sms.verdict import Verdict


class Fate(Enum):
    """What becomes of a row."""

    REJECTED = "it can never be sent"
    SKIPPED = "its recipient opted out"
    DOUBTFUL = "it may have been sent"
    SID_LOST = "it was accepted, its SID is lost"
    LATER = "it was not sent, and is tried again after a while"
    STOPS = "it was not sent, and no other will be"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A fate; *rest_seconds* is how long a row rests if the error does not say."""

    fate: Fate
    rest_seconds: float = 0.0


RULINGS: dict[type[TwilioError], Ruling] = {
    AmbiguousSendError: Ruling(Fate.DOUBTFUL),
    AcceptedWithoutSidError: Ruling(Fate.SID_LOST),
    LocalOptOutError: Ruling(Fate.SKIPPED),
    BreakerOpenError: Ruling(Fate.LATER, 1.0),
    LocalRateLimitError: Ruling(Fate.LATER, 1.0),
    RateLimitedError: Ruling(Fate.LATER, 5.0),
    ConnectionFailedError: Ruling(Fate.LATER, 5.0),
    NotProcessedError: Ruling(Fate.LATER, 5.0),
    # Twilio, error 21611: a sender's queue holds hours of messages; what drains it is time.
    QueueFullError: Ruling(Fate.LATER, 60.0),
    AuthenticationError: Ruling(Fate.STOPS),
    CredentialsError: Ruling(Fate.STOPS),
    OptOutUnknownError: Ruling(Fate.STOPS),
    JournalError: Ruling(Fate.STOPS),
    TwilioError: Ruling(Fate.REJECTED),
}


def ruling_on(error: TwilioError) -> Ruling:
    """Return what becomes of a row that failed with *error*, by the nearest class that the table knows."""
    if error.verdict is Verdict.UNKNOWN:  # whatever its class: a message may be out
        return RULINGS[AmbiguousSendError]
    known = next(RULINGS[kind] for kind in type(error).__mro__ if kind in RULINGS)
    if known.fate is Fate.LATER and error.retry_after_seconds is not None:
        return Ruling(Fate.LATER, error.retry_after_seconds)
    return known
