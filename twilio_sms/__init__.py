"""A Twilio SMS client that never sends a message twice.

Each name is loaded when it is asked for: who only counts segments, or reads errors, waits neither for HTTP nor for a
database, and nobody for an extra that is not used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twilio_sms.bulk.report import BulkReport, Progress, RowResult
    from twilio_sms.client import Client
    from twilio_sms.compliance.opt_outs import OptOuts
    from twilio_sms.config import Config
    from twilio_sms.credentials.basic import BasicAuth
    from twilio_sms.credentials.callable import CallableCredentials
    from twilio_sms.credentials.environment import EnvironmentCredentials
    from twilio_sms.credentials.file import FileCredentials
    from twilio_sms.credentials.secret import SecretString
    from twilio_sms.domain.draft import Draft
    from twilio_sms.domain.inbound_text import InboundText
    from twilio_sms.domain.message import Message
    from twilio_sms.domain.scope import Scope
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
    from twilio_sms.observability.counting import CountingMetrics
    from twilio_sms.observability.opentelemetry import OpenTelemetryTracer
    from twilio_sms.observability.prometheus import PrometheusMetrics
    from twilio_sms.reconcile import Finding, Reconciliation
    from twilio_sms.redaction import RedactLevel, redact_phone
    from twilio_sms.resilience.breaker import BreakerPolicy
    from twilio_sms.resilience.limits import RateLimits
    from twilio_sms.resilience.retrier import RetryDetails
    from twilio_sms.resilience.retry import RetryPolicy
    from twilio_sms.resilience.token_bucket import Rate
    from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
    from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts
    from twilio_sms.stores.redis_shared import RedisShared
    from twilio_sms.transport.wire import Timeouts
    from twilio_sms.webhooks.explain import Explanation
    from twilio_sms.webhooks.keys import SharedKey
    from twilio_sms.webhooks.signature import RequestValidator
    from twilio_sms.webhooks.verifier import Verifier

__all__ = [
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
    "Explanation",
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
    "RequestValidator",
    "RetryDetails",
    "RetryPolicy",
    "RowResult",
    "SchedulingError",
    "Scope",
    "SecretString",
    "Segments",
    "SenderError",
    "ServerError",
    "SharedKey",
    "SqliteOptOuts",
    "Status",
    "Timeouts",
    "TwilioError",
    "ValidationError",
    "Verifier",
    "WireError",
    "count_segments",
    "redact_phone",
]

_HOMES = {
    "AcceptedWithoutSidError": "twilio_sms.errors",
    "AmbiguousSendError": "twilio_sms.errors",
    "AnswerError": "twilio_sms.errors",
    "ApiError": "twilio_sms.errors",
    "AuthenticationError": "twilio_sms.errors",
    "BasicAuth": "twilio_sms.credentials.basic",
    "BreakerOpenError": "twilio_sms.errors",
    "BreakerPolicy": "twilio_sms.resilience.breaker",
    "BulkReport": "twilio_sms.bulk.report",
    "CallableCredentials": "twilio_sms.credentials.callable",
    "Client": "twilio_sms.client",
    "Config": "twilio_sms.config",
    "ConflictError": "twilio_sms.errors",
    "ConnectionFailedError": "twilio_sms.errors",
    "CountingMetrics": "twilio_sms.observability.counting",
    "CredentialsError": "twilio_sms.errors",
    "Draft": "twilio_sms.domain.draft",
    "EnvironmentCredentials": "twilio_sms.credentials.environment",
    "Explanation": "twilio_sms.webhooks.explain",
    "FileCredentials": "twilio_sms.credentials.file",
    "Finding": "twilio_sms.reconcile",
    "GateError": "twilio_sms.errors",
    "InboundText": "twilio_sms.domain.inbound_text",
    "InvalidRecipientError": "twilio_sms.errors",
    "JournalError": "twilio_sms.errors",
    "LocalOptOutError": "twilio_sms.errors",
    "LocalRateLimitError": "twilio_sms.errors",
    "MemoryOptOuts": "twilio_sms.stores.opt_outs_memory",
    "Message": "twilio_sms.domain.message",
    "NoAnswerError": "twilio_sms.errors",
    "NotFoundError": "twilio_sms.errors",
    "NotProcessedError": "twilio_sms.errors",
    "OpenTelemetryTracer": "twilio_sms.observability.opentelemetry",
    "OptOutUnknownError": "twilio_sms.errors",
    "OptOuts": "twilio_sms.compliance.opt_outs",
    "OptedOutError": "twilio_sms.errors",
    "Progress": "twilio_sms.bulk.report",
    "PrometheusMetrics": "twilio_sms.observability.prometheus",
    "QueueFullError": "twilio_sms.errors",
    "Rate": "twilio_sms.resilience.token_bucket",
    "RateLimitedError": "twilio_sms.errors",
    "RateLimits": "twilio_sms.resilience.limits",
    "Reconciliation": "twilio_sms.reconcile",
    "RedactLevel": "twilio_sms.redaction",
    "RedisShared": "twilio_sms.stores.redis_shared",
    "RegionNotEnabledError": "twilio_sms.errors",
    "RequestError": "twilio_sms.errors",
    "RequestValidator": "twilio_sms.webhooks.signature",
    "RetryDetails": "twilio_sms.resilience.retrier",
    "RetryPolicy": "twilio_sms.resilience.retry",
    "RowResult": "twilio_sms.bulk.report",
    "SchedulingError": "twilio_sms.errors",
    "Scope": "twilio_sms.domain.scope",
    "SecretString": "twilio_sms.credentials.secret",
    "Segments": "twilio_sms.domain.segments",
    "SenderError": "twilio_sms.errors",
    "ServerError": "twilio_sms.errors",
    "SharedKey": "twilio_sms.webhooks.keys",
    "SqliteOptOuts": "twilio_sms.stores.opt_outs_sqlite",
    "Status": "twilio_sms.domain.status",
    "Timeouts": "twilio_sms.transport.wire",
    "TwilioError": "twilio_sms.errors",
    "ValidationError": "twilio_sms.errors",
    "Verifier": "twilio_sms.webhooks.verifier",
    "WireError": "twilio_sms.errors",
    "count_segments": "twilio_sms.domain.segments",
    "redact_phone": "twilio_sms.redaction",
}


def __getattr__(name: str) -> Any:
    """Load *name*, and keep it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'twilio_sms' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return __all__
