"""Webhooks in Redis: kept for a time, shared, and trouble is told."""

import pytest

from tests.callbacks import told
from tests.doubles import MESSAGE_SID
from tests.redis_doubles import HandConnection, server_on
from twilio_sms.domain.claim import Claim, Claimed
from twilio_sms.errors import ValidationError, WebhookStoreError
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_webhooks import RedisWebhooks

KEYS = Keys("test", "webhooks")
LEASE, TRACK = KEYS.named("webhook", "key"), KEYS.named("track", MESSAGE_SID)
DURABLE = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}
WEEK_MS = 7 * 86400 * 1000


@pytest.fixture
def connection(redis, clock):
    connection = HandConnection(redis, clock)
    connection.settings = dict(DURABLE)
    return connection


@pytest.fixture
def store(server, clock):
    return RedisWebhooks(server, KEYS, clock)


def test_another_process_knows_what_is_done(store, connection, clock):
    store.claim("key", 30)
    store.finish("key", "answer")
    other = RedisWebhooks(server_on(connection, clock), KEYS, clock)

    assert other.claim("key", 30) == Claim(Claimed.DONE, "answer")


def test_redis_drops_it_after_the_days_that_it_is_kept_for(redis, server, clock):
    store = RedisWebhooks(server, KEYS, clock, keep_days=8)

    store.claim("key", 30)
    store.record(told("sent"))
    lives = [redis.pttl(LEASE), redis.pttl(TRACK)]
    store.finish("key", "")

    assert [WEEK_MS < life <= WEEK_MS * 8 / 7 for life in [*lives, redis.pttl(LEASE)]] == [True] * 3


def test_what_was_done_is_kept_from_then_on(redis, store):
    store.claim("key", 30)
    redis.pexpire(LEASE, 1000)

    store.finish("key", "")

    assert redis.pttl(LEASE) > WEEK_MS - 60_000


def test_no_number_and_no_key_stands_in_redis(redis, store):
    store.claim("inbound:SM1", 30)
    store.record(told("sent"))

    assert all(b"SM1" not in key and MESSAGE_SID.encode() not in key for key in redis.scan_iter())


def test_while_redis_is_gone_twilio_must_come_again(store, connection):
    connection.is_gone = True

    for act in (
        lambda: store.claim("key", 30),
        lambda: store.finish("key", ""),
        lambda: store.release("key"),
        lambda: store.record(told("sent")),
        lambda: store.find(MESSAGE_SID),
    ):
        with pytest.raises(WebhookStoreError, match="cannot be") as refused:
            act()
        assert refused.value.repeatable


@pytest.mark.parametrize("text", ["[]", "{}", b"\xff"])
def test_a_message_that_was_damaged_is_told(store, redis, text):
    redis.set(TRACK, text)

    for act in (lambda: store.find(MESSAGE_SID), lambda: store.record(told("sent"))):
        with pytest.raises(WebhookStoreError, match="damaged"):
            act()


def test_an_answer_that_was_damaged_is_told(store, redis):
    redis.hset(LEASE, "answer", b"\xff")

    with pytest.raises(WebhookStoreError, match="damaged"):
        store.claim("key", 30)


@pytest.mark.parametrize(("name", "value"), [("appendfsync", "everysec"), ("maxmemory-policy", "volatile-ttl")])
def test_a_redis_that_may_lose_it_is_refused(server, connection, clock, name, value):
    connection.settings[name] = value

    with pytest.raises(ValidationError, match=f"webhooks were seen can get lost .*{name} is {value}"):
        RedisWebhooks(server, KEYS, clock)

    assert RedisWebhooks(server, KEYS, clock, allow_loss=True).claim("key", 30).state is Claimed.MINE


def test_who_is_overtaken_each_time_gives_up(store, server, clock):
    class Overtaken(RedisWebhooks):
        """Another writes between its reading and its writing."""

        def _keep(self, before, track):
            store.record(told(f"new{len(track.events)}"))
            return super()._keep(before, track)

    with pytest.raises(WebhookStoreError, match="try again"):
        Overtaken(server, KEYS, clock).record(told("sent"))

    assert "sent" not in {event.status_text for event in store.find(MESSAGE_SID).events}
