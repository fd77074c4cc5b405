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
    from twilio_sms.domain.delivery_error import (
        CarrierRejected,
        DeliveryError,
        LandlineOrUnreachable,
        UnknownNumber,
        UnreachableNumber,
    )
    from twilio_sms.domain.delivery_track import DeliveryEvent, DeliveryTrack
    from twilio_sms.domain.draft import Draft
    from twilio_sms.domain.inbound_message import InboundMessage
    from twilio_sms.domain.inbound_text import InboundText
    from twilio_sms.domain.lookup import Lookup
    from twilio_sms.domain.lookup_packages import (
        CallerName,
        CallForwarding,
        IdentityMatch,
        LineStatus,
        LineType,
        LineTypeIntelligence,
        PhoneNumberQualityScore,
        PreFill,
        ReassignedNumber,
        SimSwap,
        SmsPumpingRisk,
    )
    from twilio_sms.domain.message import Message
    from twilio_sms.domain.preview import Preview
    from twilio_sms.domain.scope import Scope
    from twilio_sms.domain.segments import Segments, count_segments
    from twilio_sms.domain.status import Status
    from twilio_sms.domain.status_update import StatusUpdate
    from twilio_sms.domain.template import BodyTemplate
    from twilio_sms.domain.worst_case import WorstCase
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
    from twilio_sms.frameworks.flask import TwilioSMS
    from twilio_sms.frameworks.wsgi import WsgiWebhooks
    from twilio_sms.lookups import Lookups
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
    from twilio_sms.simulation.expectations import UnexpectedSendError, UnmetExpectationError
    from twilio_sms.simulation.manual_clock import ManualClock
    from twilio_sms.simulation.mock import MockClient
    from twilio_sms.simulation.recorder import Recorder, cassette
    from twilio_sms.simulation.replayer import Replayer
    from twilio_sms.simulation.sent_message import SentMessage
    from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
    from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts
    from twilio_sms.stores.redis_shared import RedisShared
    from twilio_sms.stores.webhooks_memory import MemoryWebhooks
    from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks
    from twilio_sms.templates import Templates
    from twilio_sms.transport.wire import Timeouts
    from twilio_sms.webhooks.answers import TwiML
    from twilio_sms.webhooks.explain import Explanation
    from twilio_sms.webhooks.handler import WebhookHandler
    from twilio_sms.webhooks.keys import SharedKey
    from twilio_sms.webhooks.request import WebhookRequest
    from twilio_sms.webhooks.response import WebhookResponse
    from twilio_sms.webhooks.signature import RequestValidator
    from twilio_sms.webhooks.tracker import StatusTracker, StatusUpdated
    from twilio_sms.webhooks.twiml import Reply
    from twilio_sms.webhooks.verifier import Verifier

__all__ = [
    "AcceptedWithoutSidError",
    "AmbiguousSendError",
    "AnswerError",
    "ApiError",
    "AuthenticationError",
    "BasicAuth",
    "BodyTemplate",
    "BreakerOpenError",
    "BreakerPolicy",
    "BulkReport",
    "CallForwarding",
    "CallableCredentials",
    "CallerName",
    "CarrierRejected",
    "Client",
    "Config",
    "ConflictError",
    "ConnectionFailedError",
    "CountingMetrics",
    "CredentialsError",
    "DeliveryError",
    "DeliveryEvent",
    "DeliveryTrack",
    "Draft",
    "EnvironmentCredentials",
    "Explanation",
    "FileCredentials",
    "Finding",
    "GateError",
    "IdentityMatch",
    "InboundMessage",
    "InboundText",
    "InvalidRecipientError",
    "JournalError",
    "LandlineOrUnreachable",
    "LineStatus",
    "LineType",
    "LineTypeIntelligence",
    "LocalOptOutError",
    "LocalRateLimitError",
    "Lookup",
    "Lookups",
    "ManualClock",
    "MemoryOptOuts",
    "MemoryWebhooks",
    "Message",
    "MockClient",
    "NoAnswerError",
    "NotFoundError",
    "NotProcessedError",
    "OpenTelemetryTracer",
    "OptOutUnknownError",
    "OptOuts",
    "OptedOutError",
    "PhoneNumberQualityScore",
    "PreFill",
    "Preview",
    "Progress",
    "PrometheusMetrics",
    "QueueFullError",
    "Rate",
    "RateLimitedError",
    "RateLimits",
    "ReassignedNumber",
    "Reconciliation",
    "Recorder",
    "RedactLevel",
    "RedisShared",
    "RegionNotEnabledError",
    "ReplayError",
    "Replayer",
    "Reply",
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
    "SentMessage",
    "ServerError",
    "SharedKey",
    "SimSwap",
    "SmsPumpingRisk",
    "SqliteOptOuts",
    "SqliteWebhooks",
    "Status",
    "StatusTracker",
    "StatusUpdate",
    "StatusUpdated",
    "Templates",
    "Timeouts",
    "TwiML",
    "TwilioError",
    "TwilioSMS",
    "UnexpectedSendError",
    "UnknownNumber",
    "UnmetExpectationError",
    "UnreachableNumber",
    "ValidationError",
    "Verifier",
    "WaitTimeoutError",
    "WebhookHandler",
    "WebhookRequest",
    "WebhookResponse",
    "WebhookStoreError",
    "WireError",
    "WorstCase",
    "WsgiWebhooks",
    "cassette",
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
    "BodyTemplate": "twilio_sms.domain.template",
    "BreakerOpenError": "twilio_sms.errors",
    "BreakerPolicy": "twilio_sms.resilience.breaker",
    "BulkReport": "twilio_sms.bulk.report",
    "CallForwarding": "twilio_sms.domain.lookup_packages",
    "CallableCredentials": "twilio_sms.credentials.callable",
    "CallerName": "twilio_sms.domain.lookup_packages",
    "CarrierRejected": "twilio_sms.domain.delivery_error",
    "Client": "twilio_sms.client",
    "Config": "twilio_sms.config",
    "ConflictError": "twilio_sms.errors",
    "ConnectionFailedError": "twilio_sms.errors",
    "CountingMetrics": "twilio_sms.observability.counting",
    "CredentialsError": "twilio_sms.errors",
    "DeliveryError": "twilio_sms.domain.delivery_error",
    "DeliveryEvent": "twilio_sms.domain.delivery_track",
    "DeliveryTrack": "twilio_sms.domain.delivery_track",
    "Draft": "twilio_sms.domain.draft",
    "EnvironmentCredentials": "twilio_sms.credentials.environment",
    "Explanation": "twilio_sms.webhooks.explain",
    "FileCredentials": "twilio_sms.credentials.file",
    "Finding": "twilio_sms.reconcile",
    "GateError": "twilio_sms.errors",
    "IdentityMatch": "twilio_sms.domain.lookup_packages",
    "InboundMessage": "twilio_sms.domain.inbound_message",
    "InboundText": "twilio_sms.domain.inbound_text",
    "InvalidRecipientError": "twilio_sms.errors",
    "JournalError": "twilio_sms.errors",
    "LandlineOrUnreachable": "twilio_sms.domain.delivery_error",
    "LineStatus": "twilio_sms.domain.lookup_packages",
    "LineType": "twilio_sms.domain.lookup_packages",
    "LineTypeIntelligence": "twilio_sms.domain.lookup_packages",
    "LocalOptOutError": "twilio_sms.errors",
    "LocalRateLimitError": "twilio_sms.errors",
    "Lookup": "twilio_sms.domain.lookup",
    "Lookups": "twilio_sms.lookups",
    "ManualClock": "twilio_sms.simulation.manual_clock",
    "MemoryOptOuts": "twilio_sms.stores.opt_outs_memory",
    "MemoryWebhooks": "twilio_sms.stores.webhooks_memory",
    "Message": "twilio_sms.domain.message",
    "MockClient": "twilio_sms.simulation.mock",
    "NoAnswerError": "twilio_sms.errors",
    "NotFoundError": "twilio_sms.errors",
    "NotProcessedError": "twilio_sms.errors",
    "OpenTelemetryTracer": "twilio_sms.observability.opentelemetry",
    "OptOutUnknownError": "twilio_sms.errors",
    "OptOuts": "twilio_sms.compliance.opt_outs",
    "OptedOutError": "twilio_sms.errors",
    "PhoneNumberQualityScore": "twilio_sms.domain.lookup_packages",
    "PreFill": "twilio_sms.domain.lookup_packages",
    "Preview": "twilio_sms.domain.preview",
    "Progress": "twilio_sms.bulk.report",
    "PrometheusMetrics": "twilio_sms.observability.prometheus",
    "QueueFullError": "twilio_sms.errors",
    "Rate": "twilio_sms.resilience.token_bucket",
    "RateLimitedError": "twilio_sms.errors",
    "RateLimits": "twilio_sms.resilience.limits",
    "ReassignedNumber": "twilio_sms.domain.lookup_packages",
    "Reconciliation": "twilio_sms.reconcile",
    "Recorder": "twilio_sms.simulation.recorder",
    "RedactLevel": "twilio_sms.redaction",
    "RedisShared": "twilio_sms.stores.redis_shared",
    "RegionNotEnabledError": "twilio_sms.errors",
    "ReplayError": "twilio_sms.errors",
    "Replayer": "twilio_sms.simulation.replayer",
    "Reply": "twilio_sms.webhooks.twiml",
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
    "SentMessage": "twilio_sms.simulation.sent_message",
    "ServerError": "twilio_sms.errors",
    "SharedKey": "twilio_sms.webhooks.keys",
    "SimSwap": "twilio_sms.domain.lookup_packages",
    "SmsPumpingRisk": "twilio_sms.domain.lookup_packages",
    "SqliteOptOuts": "twilio_sms.stores.opt_outs_sqlite",
    "SqliteWebhooks": "twilio_sms.stores.webhooks_sqlite",
    "Status": "twilio_sms.domain.status",
    "StatusTracker": "twilio_sms.webhooks.tracker",
    "StatusUpdate": "twilio_sms.domain.status_update",
    "StatusUpdated": "twilio_sms.webhooks.tracker",
    "Templates": "twilio_sms.templates",
    "Timeouts": "twilio_sms.transport.wire",
    "TwiML": "twilio_sms.webhooks.answers",
    "TwilioError": "twilio_sms.errors",
    "TwilioSMS": "twilio_sms.frameworks.flask",
    "UnexpectedSendError": "twilio_sms.simulation.expectations",
    "UnknownNumber": "twilio_sms.domain.delivery_error",
    "UnmetExpectationError": "twilio_sms.simulation.expectations",
    "UnreachableNumber": "twilio_sms.domain.delivery_error",
    "ValidationError": "twilio_sms.errors",
    "Verifier": "twilio_sms.webhooks.verifier",
    "WaitTimeoutError": "twilio_sms.errors",
    "WebhookHandler": "twilio_sms.webhooks.handler",
    "WebhookRequest": "twilio_sms.webhooks.request",
    "WebhookResponse": "twilio_sms.webhooks.response",
    "WebhookStoreError": "twilio_sms.errors",
    "WireError": "twilio_sms.errors",
    "WorstCase": "twilio_sms.domain.worst_case",
    "WsgiWebhooks": "twilio_sms.frameworks.wsgi",
    "__version__": "twilio_sms.version",
    "cassette": "twilio_sms.simulation.recorder",
    "count_segments": "twilio_sms.domain.segments",
    "redact_phone": "twilio_sms.redaction",
}


_EXTRAS = {"flask": "flask", "opentelemetry": "otel", "prometheus_client": "prometheus"}  # by the package they bring


def __getattr__(name: str) -> Any:
    """Load *name*, and keep it; a package that is missing is answered with the extra that brings it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'twilio_sms' has no attribute {name!r}")
    try:
        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        raise ModuleNotFoundError(f'{name} needs: pip install "twilio-sms[{extra}]"', name=error.name) from None
    return value


def __dir__() -> list[str]:
    return __all__
