"""Parts of a client, put together as the client does, for tests of one of them."""

import logging

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, HandClock
from twilio_sms.assembly import Assembled, Identity, OneProcess, Surroundings, assemble
from twilio_sms.clock import Clock
from twilio_sms.config import Config
from twilio_sms.credentials.basic import BasicAuth, Credentials, FixedCredentials
from twilio_sms.credentials.secret import SecretString
from twilio_sms.exchange import Parts
from twilio_sms.gateway import Gateway
from twilio_sms.observability.metrics import NullMetrics
from twilio_sms.observability.spans import NullTracer
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.resilience.retrier import Retrier
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.transport.wire import Timeouts, Transport

BASE = "http://127.0.0.1:1"
ONCE = RetryPolicy(max_attempts=1)
UNLIMITED = RateLimits(global_rate=None, recipient_rate=None)
PLAIN = Config(retry=ONCE, rate_limits=UNLIMITED)
CREDENTIALS = FixedCredentials(BasicAuth(ACCOUNT_SID, SecretString(AUTH_TOKEN)))


def no_chance() -> float:
    """Draw the longest wait that can be drawn."""
    return 1.0


def assembled(
    transport: Transport,
    config: Config = PLAIN,
    clock: Clock | None = None,
    *,
    opt_outs=None,
    account_sid: str = ACCOUNT_SID,
    base_url: str = BASE,
    credentials: Credentials = CREDENTIALS,
    **given,
) -> Assembled:
    """Return what a client is made of, over *transport*; by default nothing is repeated, and nothing limited."""
    defaults = {
        "config": config,
        "transport": transport,
        "clock": clock or HandClock(),
        "random": no_chance,
        "shared": OneProcess(),
        "tracer": NullTracer(),
        "metrics": NullMetrics(),
        "logger": logging.getLogger("twilio_sms"),
        "on_retry": None,
        "on_breaker_change": None,
    }
    who = Identity(account_sid, base_url, credentials)
    return assemble(who, Surroundings(**{**defaults, **given}), opt_outs)


def exchange_parts(
    transport: Transport,
    *,
    credentials: Credentials = CREDENTIALS,
    retry: RetryPolicy = ONCE,
    breaker: BreakerPolicy | None = None,
    timeouts: Timeouts | None = None,
    clock: Clock | None = None,
) -> Parts:
    clock = clock or HandClock()
    return Parts(
        base_url=BASE,
        credentials=credentials,
        transport=transport,
        breaker=Breaker(breaker or BreakerPolicy(), clock),
        retrier=Retrier(retry, RetryQuota(), clock, no_chance),
        timeouts=timeouts or Timeouts(),
        clock=clock,
    )


def gateway(transport: Transport, **parts) -> Gateway:
    observer = assembled(transport).observer
    return Gateway(exchange_parts(transport, **parts), observer)
