"""What a client needs of many processes comes out of one address."""

import sys

import pytest

from tests.doubles import RECIPIENT, HandClock, ScriptedTransport, answer, message_json
from tests.parts import PLAIN, assembled
from tests.redis_process import FORGETFUL, HAS_REDIS, WHY_NOT, RedisProcess
from twilio_sms.clock import SystemClock
from twilio_sms.domain.claim import Claimed
from twilio_sms.errors import LocalOptOutError, LocalRateLimitError, OptOutUnknownError, ValidationError
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome, State
from twilio_sms.resilience.limits import RateLimits, ignore_hold_up
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.stores.redis_shared import RedisShared

ONE = RateLimits(global_rate=Rate(0.001, 1), recipient_rate=None)


@pytest.fixture
def shared(redis_process, real_redis):
    with RedisShared(redis_process.url) as shared:
        yield shared


@pytest.fixture
def gone(tmp_path):
    with RedisShared(f"unix://{tmp_path}/r.sock") as shared:
        yield shared


def send(limiter):
    return limiter.acquire(RECIPIENT, None, lambda: 1, wait=False)


def test_two_processes_keep_one_limit_and_two_accounts_two(shared, redis_process):
    with RedisShared(redis_process.url) as other:
        one, same, another = (
            given.limiter(ONE, scope, SystemClock(), ignore_hold_up)
            for given, scope in ((shared, "a"), (other, "a"), (other, "b"))
        )

        send(one)
        send(another)
        with pytest.raises(LocalRateLimitError):
            send(same)


def test_two_processes_have_one_breaker_and_one_quota(shared, redis_process):
    clock = HandClock()
    with RedisShared(redis_process.url) as other:
        one, same = (given.breaker(BreakerPolicy(failures=1), "a", clock, []) for given in (shared, other))
        one.note(one.admit(), Outcome.FAILURE)
        with pytest.raises(Exception, match="in trouble"):
            same.admit()

        taken = sum(given.quota("a", clock).take() for given in (shared, other) * 60)

    assert (same.state, taken) == (State.OPEN, 100)


def test_a_client_sends_and_heeds_what_another_process_recorded(shared):
    transport = ScriptedTransport([answer(201, message_json())])
    messages = assembled(transport, PLAIN, shared=shared).messages
    messages.send(to=RECIPIENT, body="hi", from_="+15005550006")

    assembled(ScriptedTransport([]), PLAIN, shared=shared).opt_outs.add("+15557654321")

    with pytest.raises(LocalOptOutError):
        messages.send(to="+15557654321", body="hi", from_="+15005550006")


def test_opt_outs_outlive_a_kill_of_the_server():
    if not HAS_REDIS:
        pytest.skip(WHY_NOT)
    process = RedisProcess("--appendonly", "yes", "--appendfsync", "always")
    process.start()
    with RedisShared(process.url) as shared:
        assembled(ScriptedTransport([]), PLAIN, shared=shared).opt_outs.add(RECIPIENT)
        process.kill()
        process.start()

    with RedisShared(process.url) as shared:
        is_opted_out = assembled(ScriptedTransport([]), PLAIN, shared=shared).opt_outs.is_opted_out(RECIPIENT)

    process.end()
    assert is_opted_out


def test_a_redis_that_may_lose_opt_outs_is_refused_unless_loss_is_allowed():
    if not HAS_REDIS:
        pytest.skip(WHY_NOT)
    process = RedisProcess(*FORGETFUL)
    process.start()

    with RedisShared(process.url) as careful, RedisShared(process.url, allow_loss=True) as careless:
        with pytest.raises(ValidationError, match="set appendonly yes, appendfsync always"):
            careful.opt_outs()
        assert careless.opt_outs().current(RECIPIENT) == ()

    process.end()


def test_two_processes_work_on_a_webhook_once(shared, redis_process):
    with RedisShared(redis_process.url) as other, RedisShared(redis_process.url, namespace="b") as foreign:
        stores = [given.webhooks() for given in (shared, other, foreign)]

        states = [store.claim("inbound:SM1", 30).state for store in stores]

    assert states == [Claimed.MINE, Claimed.UNDER_WAY, Claimed.MINE]


def test_webhooks_are_kept_for_a_week_or_more(shared):
    with pytest.raises(ValidationError, match="keep_days"):
        shared.webhooks(keep_days=1)


def test_without_redis_nothing_is_sent_since_nobody_knows_who_opted_out(gone):
    transport = ScriptedTransport([])
    messages = assembled(transport, PLAIN, shared=gone).messages

    with pytest.raises(OptOutUnknownError):
        messages.send(to=RECIPIENT, body="hi", from_="+15005550006")

    assert transport.requests == []


def test_one_outage_is_told_once_for_all_parts(gone, caplog):
    clock = HandClock()
    gone.quota("a", clock).take()
    gone.breaker(BreakerPolicy(), "a", clock, []).admit()
    with pytest.raises(LocalRateLimitError):
        send(gone.limiter(ONE, "a", clock, ignore_hold_up))

    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"processes": 0}, "processes must be a whole number"),
        ({"timeout_seconds": 0}, "timeout_seconds must be a number of seconds above 0"),
        ({"timeout_seconds": 0.6}, "at most 0.5"),
        ({"timeout_seconds": True}, "timeout_seconds must be"),
        ({"namespace": ""}, "namespace must be"),
        ({"namespace": "a{b}"}, "without braces"),
        ({"url": "http://x"}, "redis://host:port"),
        ({"url": 6379}, "redis://host:port"),
        ({"fail_open": "no"}, "fail_open must be True or False, is 'no'"),
        ({"allow_loss": 1}, "allow_loss must be True or False, is 1"),
        ({"clock": 3}, "clock must be a clock such as .*, is int"),
    ],
)
def test_settings_that_cannot_work_are_refused_by_name(options, problem):
    with pytest.raises(ValidationError, match=problem):
        RedisShared(**{"url": "redis://127.0.0.1:1", **options})


@pytest.mark.parametrize("rate", [Rate(1e-9, 1), Rate(1e-8, 10**9)])
def test_a_rate_that_cannot_be_divided_or_counted_is_refused_at_the_start(gone, rate):
    with pytest.raises(ValidationError):
        gone.limiter(RateLimits(global_rate=rate), "a", HandClock(), ignore_hold_up)


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.delitem(sys.modules, "twilio_sms.stores.redis_connection", raising=False)

    with pytest.raises(ValidationError, match=r'pip install "twilio-sms\[redis\]"'):
        RedisShared("redis://127.0.0.1:1")


def test_it_shows_neither_its_address_nor_a_password():
    assert repr(RedisShared("redis://:secret@127.0.0.1:1")) == "RedisShared(namespace='twilio-sms', processes=8)"
