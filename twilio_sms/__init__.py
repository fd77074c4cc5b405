"""A Twilio SMS client that never sends a message twice.

What needs HTTP, a database or an extra is loaded when it is asked for: who only counts segments, or reads errors, waits
for none of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from twilio_sms.config import Config
from twilio_sms.domain.message import Message
from twilio_sms.domain.scope import BRAND, Scope
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
    RequestError,
    SchedulingError,
    SenderError,
    ServerError,
    TwilioError,
    ValidationError,
    WireError,
)
from twilio_sms.redaction import RedactLevel, redact_phone
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.transport.wire import Timeouts

if TYPE_CHECKING:
    from twilio_sms.bulk.report import BulkReport, Progress, RowResult
    from twilio_sms.client import Client
    from twilio_sms.compliance.opt_outs import OptOuts
    from twilio_sms.credentials import (
        BasicAuth,
        CallableCredentials,
        EnvironmentCredentials,
        FileCredentials,
        SecretString,
    )
    from twilio_sms.domain.draft import Draft
    from twilio_sms.domain.inbound_text import InboundText
    from twilio_sms.observability.counting import CountingMetrics
    from twilio_sms.observability.opentelemetry import OpenTelemetryTracer
    from twilio_sms.observability.prometheus import PrometheusMetrics
    from twilio_sms.reconcile import Finding, Reconciliation
    from twilio_sms.resilience.retrier import RetryDetails
    from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
    from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts
    from twilio_sms.stores.redis_shared import RedisShared

__all__ = [
    "BRAND",
    "AcceptedWithoutSidError",
    "AmbiguousSendError",
    "AnswerError",
    "ApiError",
    "AuthenticationError",
    "BasicAuth",
    "BreakerOpenError",
    "BreakerPolicy",
    "BulkReport",
    "CallableCredentials",
    "Client",
    "Config",
    "ConflictError",
    "ConnectionFailedError",
    "CountingMetrics",
    "CredentialsError",
    "Draft",
    "EnvironmentCredentials",
    "FileCredentials",
    "Finding",
    "GateError",
    "InboundText",
    "InvalidRecipientError",
    "JournalError",
    "LocalOptOutError",
    "LocalRateLimitError",
    "MemoryOptOuts",
    "Message",
    "NoAnswerError",
    "NotFoundError",
    "NotProcessedError",
    "OpenTelemetryTracer",
    "OptOutUnknownError",
    "OptOuts",
    "OptedOutError",
    "Progress",
    "PrometheusMetrics",
    "QueueFullError",
    "Rate",
    "RateLimitedError",
    "RateLimits",
    "Reconciliation",
    "RedactLevel",
    "RedisShared",
    "RegionNotEnabledError",
    "RequestError",
    "RetryDetails",
    "RetryPolicy",
    "RowResult",
    "SchedulingError",
    "Scope",
    "SecretString",
    "Segments",
    "SenderError",
    "ServerError",
    "SqliteOptOuts",
    "Status",
    "Timeouts",
    "TwilioError",
    "ValidationError",
    "WireError",
    "count_segments",
    "redact_phone",
]

_LATER = {
    "BasicAuth": "twilio_sms.credentials",
    "BulkReport": "twilio_sms.bulk.report",
    "CallableCredentials": "twilio_sms.credentials",
    "Client": "twilio_sms.client",
    "CountingMetrics": "twilio_sms.observability.counting",
    "Draft": "twilio_sms.domain.draft",
    "EnvironmentCredentials": "twilio_sms.credentials",
    "FileCredentials": "twilio_sms.credentials",
    "Finding": "twilio_sms.reconcile",
    "InboundText": "twilio_sms.domain.inbound_text",
    "MemoryOptOuts": "twilio_sms.stores.opt_outs_memory",
    "OpenTelemetryTracer": "twilio_sms.observability.opentelemetry",
    "OptOuts": "twilio_sms.compliance.opt_outs",
    "Progress": "twilio_sms.bulk.report",
    "PrometheusMetrics": "twilio_sms.observability.prometheus",
    "Reconciliation": "twilio_sms.reconcile",
    "RedisShared": "twilio_sms.stores.redis_shared",
    "RetryDetails": "twilio_sms.resilience.retrier",
    "RowResult": "twilio_sms.bulk.report",
    "SecretString": "twilio_sms.credentials",
    "SqliteOptOuts": "twilio_sms.stores.opt_outs_sqlite",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'twilio_sms' has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
