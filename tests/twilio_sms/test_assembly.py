"""The parts of a client know what they need of each other, and nothing happens that nobody is told of."""

import logging
from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.doubles import (
    ACCOUNT_SID,
    MESSAGE_SID,
    RECIPIENT,
    SENDER,
    HandClock,
    ScriptedTransport,
    answer,
    message_json,
)
from tests.parts import BASE, ONCE, UNLIMITED, assembled
from twilio_sms.assembly import OneProcess
from twilio_sms.compliance.inbound_rules import Action
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.config import Config
from twilio_sms.domain.inbound_text import InboundText
from twilio_sms.errors import (
    AmbiguousSendError,
    BreakerOpenError,
    LocalOptOutError,
    LocalRateLimitError,
    RateLimitedError,
    TwilioError,
)
from twilio_sms.observability.counting import CountingMetrics
from twilio_sms.observability.metrics import Metric
from twilio_sms.redaction import RedactLevel, redact_phone
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import State
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
from twilio_sms.transport.wire import LostAnswer
from twilio_sms.verdict import Phase
from twilio_sms.webhooks.once import LEASE_SECONDS

HELLO = {"to": RECIPIENT, "from_": SENDER, "body": "hello"}
CREATED = answer(201, message_json())
REFUSED = LostAnswer(Phase.OPENING, "refused")
LOST = LostAnswer(Phase.SENT, "reset")
RETRYING = Config(rate_limits=UNLIMITED, retry=RetryPolicy())
FRAGILE = Config(rate_limits=UNLIMITED, retry=ONCE, breaker=BreakerPolicy(failures=1))


class Noted(OneProcess):
    """Notes what each part is asked for with."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.store = MemoryOptOuts()

    def limiter(self, limits, scope, clock, on_hold_up):
        self.asked.append(("limiter", limits, scope))
        return super().limiter(limits, scope, clock, on_hold_up)

    def breaker(self, policy, scope, clock, listeners):
        self.asked.append(("breaker", policy, scope))
        return super().breaker(policy, scope, clock, listeners)

    def quota(self, scope, clock):
        self.asked.append(("quota", scope))
        return EmptyQuota()

    def opt_outs(self):
        return self.store


class EmptyQuota:
    """Allows no retry."""

    def take(self) -> bool:
        return False

    def on_success(self) -> None:
        return


def test_what_is_shared_is_asked_for_with_its_settings_by_account_and_address():
    shared, config = Noted(), Config()

    assembled(ScriptedTransport([]), config, shared=shared)

    scope = f"{ACCOUNT_SID}@{BASE}"
    assert sorted(shared.asked, key=str) == [
        ("breaker", config.breaker, scope),
        ("limiter", config.rate_limits, scope),
        ("quota", scope),
    ]


def test_a_shared_quota_has_its_say():
    transport = ScriptedTransport([REFUSED, CREATED])

    with pytest.raises(TwilioError, match="nothing was sent"):
        assembled(transport, RETRYING, shared=Noted()).messages.send(**HELLO)

    assert len(transport.requests) == 1


def test_shared_opt_outs_are_asked():
    shared = Noted()
    OptOuts(shared.store, HandClock()).add(RECIPIENT)

    with pytest.raises(LocalOptOutError):
        assembled(ScriptedTransport([]), shared=shared).messages.send(**HELLO)


def test_a_store_of_the_callers_comes_before_the_shared_one():
    shared, store = Noted(), MemoryOptOuts()
    parts = assembled(ScriptedTransport([CREATED]), shared=shared, opt_outs=store)

    parts.opt_outs.add(RECIPIENT)

    assert len(store.events(RECIPIENT)) == 1
    assert shared.store.events(RECIPIENT) == ()


def test_opt_outs_of_the_callers_are_taken_as_they_are():
    own = OptOuts(MemoryOptOuts(), HandClock())

    assert assembled(ScriptedTransport([]), opt_outs=own).opt_outs is own


@pytest.mark.parametrize(("cache_seconds", "is_seen"), [(60, False), (0, True)])
def test_an_answer_of_the_opt_out_list_is_remembered_as_long_as_the_settings_say(cache_seconds, is_seen):
    store = MemoryOptOuts()
    config = Config(rate_limits=UNLIMITED, opt_out_cache_seconds=cache_seconds)
    opt_outs = assembled(ScriptedTransport([]), config, opt_outs=store).opt_outs
    assert not opt_outs.is_opted_out(RECIPIENT)

    OptOuts(store, HandClock()).add(RECIPIENT)

    assert opt_outs.is_opted_out(RECIPIENT) is is_seen


@pytest.mark.parametrize(
    ("age_seconds", "action", "is_opted_out"),
    [(60, Action.OPTED_IN, False), (-60, Action.OPTED_IN, True)],
    ids=["newer than the STOP", "older than the STOP"],
)
def test_when_a_start_was_written_is_read_from_the_api(age_seconds, action, is_opted_out):
    clock = HandClock()
    clock.sleep(3600)
    transport = ScriptedTransport([_inbound(_date(clock, 0)), _inbound(_date(clock, age_seconds))])
    opt_outs = assembled(transport, clock=clock).opt_outs
    clock.sleep(600)
    opt_outs.receive(_text("STOP", "SM" + "1" * 32))

    outcome = opt_outs.receive(_text("START", MESSAGE_SID))

    assert (outcome.action, opt_outs.is_opted_out(RECIPIENT, SENDER)) == (action, is_opted_out)
    assert transport.requests[1].url.endswith(f"/Accounts/{ACCOUNT_SID}/Messages/{MESSAGE_SID}.json")


@pytest.mark.parametrize("unread", [LOST, answer(404, {}), answer(200, message_json(date_created=None))], ids=str)
def test_a_start_of_unknown_age_is_for_a_person(unread):
    transport = ScriptedTransport([_inbound("Thu, 01 Jan 2026 00:00:00 +0000"), unread])
    opt_outs = assembled(transport).opt_outs
    opt_outs.receive(_text("STOP", "SM" + "1" * 32))

    outcome = opt_outs.receive(_text("START", MESSAGE_SID))

    assert outcome.action is Action.REVIEW
    assert opt_outs.is_opted_out(RECIPIENT, SENDER)


class HangingTransport(ScriptedTransport):
    """Says nothing until the time of a request is up."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__([])
        self._clock = clock

    def send(self, request):
        self._clock.sleep(request.deadline - self._clock.monotonic())
        raise LOST


def test_a_stop_waits_for_an_api_that_hangs_no_longer_than_a_webhook_may_take():
    clock = HandClock()
    opt_outs = assembled(HangingTransport(clock), RETRYING, clock).opt_outs

    opt_outs.receive(_text("STOP", MESSAGE_SID))

    assert opt_outs.is_opted_out(RECIPIENT, SENDER)
    assert clock.monotonic() <= LEASE_SECONDS / 2


def test_retries_are_told_and_counted():
    told, metrics = [], CountingMetrics()
    transport = ScriptedTransport([REFUSED, answer(429, {}), CREATED])

    assembled(transport, RETRYING, on_retry=told.append, metrics=metrics).messages.send(**HELLO)

    assert [(details.operation, details.attempt) for details in told] == [("send_sms", 1), ("send_sms", 2)]
    assert metrics.value(Metric.RETRIES, "send_sms") == 2
    assert metrics.value(Metric.RATE_LIMIT_HITS, "twilio") == 1


@pytest.mark.parametrize("max_attempts", [1, 3])
def test_every_refusal_for_a_limit_is_counted_also_the_last(max_attempts):
    metrics = CountingMetrics()
    config = Config(rate_limits=UNLIMITED, retry=RetryPolicy(max_attempts=max_attempts))
    parts = assembled(ScriptedTransport([answer(429, {})] * max_attempts), config, metrics=metrics)

    with pytest.raises(RateLimitedError):
        parts.messages.send(**HELLO)

    assert metrics.value(Metric.RATE_LIMIT_HITS, "twilio") == max_attempts


def test_a_message_that_the_limit_holds_up_is_counted():
    metrics = CountingMetrics()
    limits = RateLimits(global_rate=None, recipient_rate=Rate(1, 1), on_limit="raise")
    parts = assembled(ScriptedTransport([CREATED]), Config(rate_limits=limits), metrics=metrics)
    parts.messages.send(**HELLO)

    with pytest.raises(LocalRateLimitError):
        parts.messages.send(**HELLO)

    assert metrics.value(Metric.RATE_LIMIT_HITS, "recipient") == 1


def test_the_breakers_changes_are_told_and_counted():
    changes, metrics = [], CountingMetrics()
    parts = assembled(ScriptedTransport([LOST]), FRAGILE, on_breaker_change=changes.append, metrics=metrics)
    assert metrics.value(Metric.BREAKERS, "closed") == 1

    with pytest.raises(AmbiguousSendError):
        parts.messages.send(**HELLO)

    assert [(change.before, change.after) for change in changes] == [(State.CLOSED, State.OPEN)]
    assert [metrics.value(Metric.BREAKERS, state) for state in ("closed", "open")] == [0, 1]


def test_one_breaker_is_for_all_calls_of_the_account():
    transport = ScriptedTransport([LOST])
    parts = assembled(transport, FRAGILE)
    with pytest.raises(AmbiguousSendError):
        parts.messages.send(**HELLO)

    with pytest.raises(BreakerOpenError):
        parts.messages.get(MESSAGE_SID)

    assert parts.breaker.state is State.OPEN


@pytest.mark.parametrize(
    ("config", "to", "sent_to"),
    [
        (Config(rate_limits=UNLIMITED, default_region="US"), "(555) 123-4567", RECIPIENT),
        (Config(rate_limits=UNLIMITED, numbers="possible"), "+1 555 123 4567", RECIPIENT),
        (Config(rate_limits=UNLIMITED), RECIPIENT, RECIPIENT),
    ],
    ids=["national", "possible", "E.164"],
)
def test_numbers_are_read_as_the_settings_say(config, to, sent_to):
    transport = ScriptedTransport([CREATED])

    assembled(transport, config).messages.send(to=to, from_=SENDER, body="hello")

    assert dict(transport.requests[0].form)["To"] == sent_to


def test_hashed_numbers_have_the_key_of_the_settings_or_one_of_the_process():
    def hashed(key: str | None) -> str:
        observer = assembled(ScriptedTransport([]), Config(redaction_key=key)).observer
        return observer._redactor.phone(RECIPIENT, RedactLevel.HASH)

    assert hashed("a key") == hashed("a key") != hashed("another")
    assert hashed(None) == hashed(None) == redact_phone(RECIPIENT, RedactLevel.HASH) != hashed("a key")


def test_a_call_that_went_well_is_logged_at_the_level_of_the_settings(caplog):
    caplog.set_level(logging.DEBUG, "twilio_sms")
    config = Config(log_level=logging.DEBUG)

    assembled(ScriptedTransport([CREATED]), config).messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    [record] = caplog.records
    assert record.levelno == logging.DEBUG
    assert f"to={redact_phone(RECIPIENT, RedactLevel.HASH)}" in record.getMessage()


def _date(clock: HandClock, seconds: float) -> str:
    return format_datetime((clock.now() + timedelta(seconds=seconds)).replace(microsecond=0))


def _inbound(date: str):
    return answer(200, message_json(direction="inbound", date_created=date))


def _text(body: str, sid: str) -> InboundText:
    return InboundText(sid=sid, from_=RECIPIENT, to=SENDER, body=body, is_signed=True)
