"""What became of a call, as one word from a closed list.

The word is what metrics, spans and the log line have in common. Where an error's class says it, the table does; where
Twilio refused, the verdict does, since a 429 proves something else than a 500.
"""

import logging
from enum import StrEnum

from twilio_sms.errors import (
    AmbiguousSendError,
    AnswerError,
    ApiError,
    BreakerOpenError,
    ConnectionFailedError,
    CredentialsError,
    GateError,
    JournalError,
    LocalOptOutError,
    LocalRateLimitError,
    NoAnswerError,
    OptOutUnknownError,
    ReplayError,
    ValidationError,
)
from twilio_sms.verdict import Verdict


class Outcome(StrEnum):
    """What became of a call."""

    ACCEPTED = "accepted"  # Twilio carried it out
    REJECTED = "rejected"  # Twilio refused it, finally
    NOT_SENT = "not_sent"  # provably not processed
    UNKNOWN = "unknown"  # it may have been carried out
    UNREADABLE = "unreadable"  # it was carried out, the answer cannot be read
    INVALID = "invalid"  # an argument was wrong
    RATE_LIMIT = "gated:rate_limit"  # our own limit
    BREAKER = "gated:breaker"
    OPT_OUT = "gated:opt_out"
    OPT_OUT_UNKNOWN = "gated:opt_out_unknown"
    GATED = "gated:other"
    CREDENTIALS = "credentials"  # nothing to sign with
    JOURNAL = "journal"
    ERROR = "error"  # not an error of ours
    INTERRUPTED = "interrupted"  # Ctrl-C, or an exit


BY_CLASS: dict[type[BaseException], Outcome] = {
    ValidationError: Outcome.INVALID,
    LocalRateLimitError: Outcome.RATE_LIMIT,
    BreakerOpenError: Outcome.BREAKER,
    LocalOptOutError: Outcome.OPT_OUT,
    OptOutUnknownError: Outcome.OPT_OUT_UNKNOWN,
    GateError: Outcome.GATED,
    CredentialsError: Outcome.CREDENTIALS,
    JournalError: Outcome.JOURNAL,
    ConnectionFailedError: Outcome.NOT_SENT,
    ReplayError: Outcome.NOT_SENT,
    NoAnswerError: Outcome.UNKNOWN,
    AmbiguousSendError: Outcome.UNKNOWN,
    AnswerError: Outcome.UNREADABLE,
    Exception: Outcome.ERROR,
    BaseException: Outcome.INTERRUPTED,
}

BY_VERDICT: dict[Verdict | None, Outcome] = {
    None: Outcome.REJECTED,
    Verdict.NOT_SENT: Outcome.NOT_SENT,
    Verdict.REJECTED: Outcome.REJECTED,
    Verdict.ACCEPTED: Outcome.UNREADABLE,
    Verdict.UNKNOWN: Outcome.UNKNOWN,
}

# A person has to look where nobody knows what happened, or where the fault may be ours.
LEVELS: dict[Outcome, int] = {
    **dict.fromkeys(Outcome, logging.WARNING),
    Outcome.ACCEPTED: logging.INFO,
    Outcome.UNKNOWN: logging.ERROR,
    Outcome.UNREADABLE: logging.ERROR,
    Outcome.ERROR: logging.ERROR,
}


def outcome_of(error: BaseException | None) -> Outcome:
    """Return what became of a call that ended with *error*, or with none."""
    if error is None:
        return Outcome.ACCEPTED
    if isinstance(error, ApiError):
        return BY_VERDICT[error.verdict]
    return next(BY_CLASS[kind] for kind in type(error).__mro__ if kind in BY_CLASS)
