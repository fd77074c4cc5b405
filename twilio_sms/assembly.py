"""Puts the parts of a client together, each with what it needs of the others."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from logging import Logger
from typing import TYPE_CHECKING, NamedTuple, Protocol

from twilio_sms.abilities import given_or
from twilio_sms.clock import Clock
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.config import Config
from twilio_sms.credentials.basic import Credentials
from twilio_sms.domain.message import Message
from twilio_sms.domain.phone import PhoneNumber, ReadNumber
from twilio_sms.errors import AnswerError
from twilio_sms.exchange import Parts
from twilio_sms.first_use import FirstUse
from twilio_sms.gateway import Gateway
from twilio_sms.messages import Messages
from twilio_sms.observability.logs import CallLog
from twilio_sms.observability.meter import Meter
from twilio_sms.observability.metrics import Metrics
from twilio_sms.observability.observer import Observer
from twilio_sms.observability.spans import Tracer
from twilio_sms.redaction import PROCESS_KEY, Redactor
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy, Change
from twilio_sms.resilience.guard import CircuitBreaker
from twilio_sms.resilience.limits import OnHoldUp, RateLimits
from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.resilience.rate_limit import Limiter, RateLimiter
from twilio_sms.resilience.retrier import Quota, Retrier, RetryDetails
from twilio_sms.sending import SendPath
from twilio_sms.transport.wire import Transport

if TYPE_CHECKING:
    from twilio_sms.bulk.bulk import Bulk
    from twilio_sms.compliance.opt_out_store import OptOutStore
    from twilio_sms.listing import Listing
    from twilio_sms.lookups import Lookups
    from twilio_sms.templates import Templates

# How long a STOP waits to be dated: it counts once it is recorded, and Twilio waits 15 seconds for a webhook's answer.
_DATE_SECONDS = 5.0
OnChange = Callable[[Change], None]
OnRetry = Callable[[RetryDetails], None]


class Shared(Protocol):
    """The parts that many processes have in common, such as `RedisShared`; *scope* is the account and the host."""

    def limiter(self, limits: RateLimits, scope: str, clock: Clock, on_hold_up: OnHoldUp) -> Limiter: ...

    def breaker(self, policy: BreakerPolicy, scope: str, clock: Clock, listeners: list[OnChange]) -> CircuitBreaker: ...

    def quota(self, scope: str, clock: Clock) -> Quota: ...

    def opt_outs(self) -> "OptOutStore": ...


class OneProcess:
    """The parts of a client that shares nothing."""

    def limiter(self, limits: RateLimits, scope: str, clock: Clock, on_hold_up: OnHoldUp) -> Limiter:  # noqa: ARG002 - this process has one scope
        return RateLimiter(limits, clock, on_hold_up)

    def breaker(self, policy: BreakerPolicy, scope: str, clock: Clock, listeners: list[OnChange]) -> CircuitBreaker:  # noqa: ARG002 - see limiter
        return Breaker(policy, clock, listeners)

    def quota(self, scope: str, clock: Clock) -> Quota:  # noqa: ARG002 - see limiter
        return RetryQuota()

    def opt_outs(self) -> "OptOutStore":
        from twilio_sms.stores.opt_outs_memory import MemoryOptOuts  # not for who gives a list

        return MemoryOptOuts()


class Identity(NamedTuple):
    """Who a client is, and where its API is."""

    account_sid: str
    base_url: str
    credentials: Credentials

    @property
    def scope(self) -> str:
        """What has limits, a breaker and a quota of its own: an account at a host."""
        return f"{self.account_sid}@{self.base_url}"

    @property
    def path(self) -> str:
        return f"/2010-04-01/Accounts/{self.account_sid}/Messages"


class Surroundings(NamedTuple):
    """How a client behaves, and the world it acts on."""

    config: Config
    transport: Transport
    clock: Clock
    random: Callable[[], float]
    shared: Shared
    tracer: Tracer
    metrics: Metrics
    logger: Logger
    on_retry: OnRetry | None
    on_breaker_change: OnChange | None


class Assembled(NamedTuple):
    """What of a client its user sees."""

    messages: Messages
    templates: "Callable[[], Templates]"
    opt_outs: OptOuts
    breaker: CircuitBreaker
    limiter: Limiter
    observer: Observer


def assemble(who: Identity, given: Surroundings, opt_out_list: "OptOuts | OptOutStore | None") -> Assembled:
    """Return the parts of a client, put together; *opt_out_list* is one of its own, in place of the usual."""
    observer = _observer(who, given)
    limiter = given.shared.limiter(given.config.rate_limits, who.scope, given.clock, observer.meter.rate_limit_hit)
    breaker = _breaker(who, given, observer.meter)
    gateway = Gateway(_exchange_parts(who, given, breaker, observer.meter), observer)
    opt_outs = _opt_outs(who, given, gateway, opt_out_list)
    send_path = SendPath(
        f"{who.path}.json",
        gateway,
        opt_outs,
        limiter,
        observer,
        given.clock,
        answer_seconds=given.config.timeouts.answer_seconds,
        trace_callbacks=given.config.trace_callbacks,
    )
    templates = FirstUse(_make_templates, on_kept=lambda _templates: None).get
    return Assembled(
        messages=_messages(who, given, gateway, send_path, templates),
        templates=templates,
        opt_outs=opt_outs,
        breaker=breaker,
        limiter=limiter,
        observer=observer,
    )


def _make_templates() -> "Templates":
    from twilio_sms.templates import Templates  # most programs send without

    return Templates()


def assemble_lookups(who: Identity, given: Surroundings, observer: Observer) -> "FirstUse[Lookups]":
    """Return the lookups of *who*, whose host is that of Lookup: their parts are made when they are first asked for.

    They have a breaker and a quota of their own, since Twilio's hosts fail one by one.
    """

    def make() -> "Lookups":
        from twilio_sms.lookups import Lookups  # with its values as much to import as the sending of a message

        breaker = given.shared.breaker(given.config.breaker, who.scope, given.clock, _listeners(given, observer.meter))
        return Lookups(
            Gateway(_exchange_parts(who, given, breaker, observer.meter), observer),
            breaker,
            given.clock,
            cache_seconds=given.config.lookup_cache_seconds,
            default_country=given.config.default_region,
        )

    return FirstUse(make, on_kept=lambda lookups: observer.meter.breaker_moved(None, lookups.breaker.state))


def _opt_outs(
    who: Identity, given: Surroundings, gateway: Gateway, opt_out_list: "OptOuts | OptOutStore | None"
) -> OptOuts:
    if isinstance(opt_out_list, OptOuts):
        return opt_out_list
    return OptOuts(
        given_or(opt_out_list, given.shared.opt_outs),
        given.clock,
        cache_seconds=given.config.opt_out_cache_seconds,
        read_date_created=lambda sid: _date_created(
            gateway, f"{who.path}/{sid}.json", given.clock.monotonic() + _DATE_SECONDS
        ),
    )


def _messages(
    who: Identity, given: Surroundings, gateway: Gateway, send_path: SendPath, templates: "Callable[[], Templates]"
) -> Messages:
    read_number = _read_number(given.config)

    def make_listing() -> "Listing":
        from twilio_sms.listing import Listing  # not for who only sends

        return Listing(gateway, f"{who.path}.json")

    def make_bulk() -> "Bulk":
        from twilio_sms.bulk.bulk import Bulk  # with its database a third of what a client takes to import
        from twilio_sms.reconcile import Reconciler

        return Bulk(
            send_path,
            Reconciler(make_listing()),
            read_number,
            given.clock,
            account_sid=who.account_sid,
            base_url=who.base_url,
            clock_lead=gateway.clock_lead,
        )

    return Messages(
        who.path,
        gateway,
        send_path,
        make_listing,
        make_bulk,
        total_seconds=given.config.timeouts.total_seconds,
        read_number=read_number,
        clock=given.clock,
        templates=templates,
    )


def _observer(who: Identity, given: Surroundings) -> Observer:
    key = given.config.redaction_key
    redactor = Redactor(key.encode() if key else PROCESS_KEY)
    return Observer(
        account_sid=who.account_sid,
        tracer=given.tracer,
        metrics=given.metrics,
        log=CallLog(given.logger, redactor, given.config.log_level),
        redactor=redactor,
        clock=given.clock,
        logger=given.logger,
    )


def _breaker(who: Identity, given: Surroundings, meter: Meter) -> CircuitBreaker:
    breaker = given.shared.breaker(given.config.breaker, who.scope, given.clock, _listeners(given, meter))
    meter.breaker_moved(None, breaker.state)
    return breaker


def _listeners(given: Surroundings, meter: Meter) -> list[OnChange]:
    listeners: list[OnChange] = [lambda change: meter.breaker_moved(change.before, change.after)]
    if given.on_breaker_change:
        listeners.append(given.on_breaker_change)
    return listeners


def _exchange_parts(who: Identity, given: Surroundings, breaker: CircuitBreaker, meter: Meter) -> Parts:
    quota = given.shared.quota(who.scope, given.clock)
    return Parts(
        base_url=who.base_url,
        credentials=who.credentials,
        transport=given.transport,
        breaker=breaker,
        retrier=Retrier(given.config.retry, quota, given.clock, given.random, _on_retry(given.on_retry, meter)),
        timeouts=given.config.timeouts,
        clock=given.clock,
        on_rate_limit=partial(meter.rate_limit_hit, "twilio"),
    )


def _on_retry(tell: OnRetry | None, meter: Meter) -> OnRetry:
    def note(details: RetryDetails) -> None:
        meter.retried(details.operation)
        if tell is not None:
            tell(details)

    return note


def _read_number(config: Config) -> ReadNumber:
    if config.numbers == "possible" or config.default_region:
        from twilio_sms.phones import number_reader  # with the extra "phone"

        return number_reader(config.default_region)
    return PhoneNumber.parse


def _date_created(gateway: Gateway, path: str, deadline: float) -> datetime:
    created = gateway.get("get_message", path, Message.from_json, deadline=deadline).date_created
    if created is None:
        raise AnswerError("the message has no date_created")
    return created
