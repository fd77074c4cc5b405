"""A Twilio SMS client that never sends a message twice.

`Client` is loaded when it is asked for: who only counts segments, or reads errors, needs no HTTP.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from twilio_sms.config import Config
from twilio_sms.domain.message import Message
from twilio_sms.domain.segments import Segments, count_segments
from twilio_sms.domain.status import Status
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    ApiError,
    AuthenticationError,
    BreakerOpenError,
    ConflictError,
    ConnectionFailedError,
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
    RequestError,
    SchedulingError,
    SenderError,
    ServerError,
    TwilioError,
    ValidationError,
    WireError,
)
from twilio_sms.transport.wire import Timeouts

if TYPE_CHECKING:
    from twilio_sms.client import Client

__all__ = [
    "AcceptedWithoutSidError",
    "AmbiguousSendError",
    "AnswerError",
    "ApiError",
    "AuthenticationError",
    "BreakerOpenError",
    "Client",
    "Config",
    "ConflictError",
    "ConnectionFailedError",
    "GateError",
    "InvalidRecipientError",
    "JournalError",
    "LocalOptOutError",
    "LocalRateLimitError",
    "Message",
    "NoAnswerError",
    "NotFoundError",
    "NotProcessedError",
    "OptOutUnknownError",
    "OptedOutError",
    "QueueFullError",
    "RateLimitedError",
    "RegionNotEnabledError",
    "RequestError",
    "SchedulingError",
    "Segments",
    "SenderError",
    "ServerError",
    "Status",
    "Timeouts",
    "TwilioError",
    "ValidationError",
    "WireError",
    "count_segments",
]


def __getattr__(name: str) -> Any:
    if name != "Client":
        raise AttributeError(f"module 'twilio_sms' has no attribute {name!r}")
    return import_module("twilio_sms.client").Client
