"""The list in Redis tells the truth or raises; it is append-only, provable and shared."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.doubles import RECIPIENT, SENDER
from tests.redis_doubles import HandConnection, server_on
from twilio_sms.domain.opt_out import OptOutEvent, State
from twilio_sms.domain.review import Reason, Review
from twilio_sms.domain.scope import BRAND
from twilio_sms.errors import OptOutUnknownError, ValidationError
from twilio_sms.stores.opt_out_chain import GENESIS
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_opt_outs import RedisOptOuts

OTHER = "+15557654321"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
STOP = OptOutEvent(
    number=RECIPIENT, scope=BRAND, state=State.OPTED_OUT, source="api", event_time=NOW, received_time=NOW
)
START = replace(STOP, state=State.OPTED_IN, event_time=NOW + timedelta(hours=1))
REVIEW = Review(sid="SM1", number=RECIPIENT, to=SENDER, body="b", reason=Reason.DOUBTFUL, received_time=NOW)
KEYS = Keys("test", "opt-outs")
KEY = KEYS.named("events")
DURABLE = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}


@pytest.fixture
def connection(redis, clock):
    connection = HandConnection(redis, clock)
    connection.settings = dict(DURABLE)
    return connection


@pytest.fixture
def store(server):
    return RedisOptOuts(server, KEYS)


def many(count, number=RECIPIENT):
    return [replace(STOP, number=number, event_time=NOW + timedelta(seconds=i)) for i in range(count)]


def test_what_was_recorded_is_read_again_by_everybody(store, connection, clock):
    store.append(STOP, START)
    other = RedisOptOuts(server_on(connection, clock), KEYS)

    assert other.events(RECIPIENT) == (STOP, START)
    assert other.current(RECIPIENT) == (START,)
    assert other.current(OTHER) == ()


def test_a_fact_is_recorded_once(store):
    assert [store.append(STOP, STOP, START), store.append(START), store.append()] == [2, 0, 0]
    assert list(store.all()) == [STOP, START]


def test_it_makes_the_same_chain_as_every_other_list(store):
    memory = MemoryOptOuts()
    before = store.head(), memory.head()

    for each in (store, memory):
        each.append(STOP)
        each.append(START)

    assert before == (GENESIS, GENESIS)
    assert store.head() == memory.head() != GENESIS


def test_a_list_of_many_pages_is_yielded_and_verified_whole(store):
    events = [*many(1500), *many(1001, OTHER)]
    store.append(*events)

    assert list(store.all()) == events
    assert store.verify() is None


def test_writers_at_the_same_time_lose_nothing_and_double_nothing(store, connection, clock):
    stores = [RedisOptOuts(server_on(connection, clock), KEYS) for _ in range(4)]
    events = many(25)

    with ThreadPoolExecutor(4) as pool:
        added = pool.map(lambda one: sum(map(one.append, events)), stores)

    assert sum(added) == 25
    assert (len(store.events(RECIPIENT)), store.verify()) == (25, None)


@pytest.mark.parametrize(
    ("damage", "row"),
    [
        (lambda redis: redis.hdel(KEY, "row:2"), 2),
        (lambda redis: redis.hset(KEY, "row:2", redis.hget(KEY, "row:1")), 2),
        (lambda redis: redis.hset(KEY, "row:2", b"\xff"), 2),
        (lambda redis: redis.hset(KEY, "row:1", redis.hget(KEY, "row:1").replace(b"api", b"ipa")), 1),
        (lambda redis: redis.hset(KEY, f"of:{KEYS.digest(RECIPIENT)}", "1,3"), 2),
        (lambda redis: redis.hset(KEY, "head", "0" * 64), 4),
    ],
    ids=["missing", "doubled", "no text", "changed", "hidden", "other end"],
)
def test_damage_is_found_at_its_row(store, redis, damage, row):
    store.append(*many(3))
    damage(redis)

    assert store.verify() == row


@pytest.mark.parametrize("text", [None, b"\xff", b"[]"], ids=["missing", "no text", "no row"])
def test_a_row_that_cannot_be_read_makes_the_number_unknown(store, redis, text):
    store.append(STOP)
    redis.hdel(KEY, "row:1") if text is None else redis.hset(KEY, "row:1", text)

    for read in (store.events, store.current, lambda _: list(store.all()), lambda _: store.append(START)):
        with pytest.raises(OptOutUnknownError, match="damaged"):
            read(RECIPIENT)


def test_damage_is_no_outage(store, redis, server):
    store.append(STOP)
    redis.hdel(KEY, "row:1")
    with pytest.raises(OptOutUnknownError):
        store.events(RECIPIENT)

    assert server.is_up()
    assert store.current(OTHER) == ()


def test_a_list_that_became_shorter_tells_nothing(store, redis):
    store.append(STOP)
    redis.flushall()

    with pytest.raises(OptOutUnknownError, match="restore"):
        store.current(OTHER)


def test_a_list_that_is_shorter_than_it_was_read_tells_nothing(store, connection, clock, redis):
    RedisOptOuts(server_on(connection, clock), KEYS).append(STOP)
    store.current(RECIPIENT)
    redis.flushall()

    with pytest.raises(OptOutUnknownError, match="restore"):
        store.append(START)


class Overtaken(HandConnection):
    """An answer of it comes back only after *meanwhile*."""

    def meanwhile(self) -> None:
        return

    def run(self, script, keys, arguments):
        reply = super().run(script, keys, arguments)
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return reply


def test_an_answer_that_comes_late_does_not_make_the_list_shorter(redis, clock):
    connection = Overtaken(redis, clock)
    store = RedisOptOuts(server_on(connection, clock), KEYS, allow_loss=True)
    store.append(STOP)
    shorter = redis.hgetall(KEY)
    connection.meanwhile = lambda: store.append(START)
    store.current(RECIPIENT)

    redis.delete(KEY)
    redis.hset(KEY, mapping=shorter)

    with pytest.raises(OptOutUnknownError, match="restore"):
        store.current(RECIPIENT)


def test_a_row_of_another_number_is_not_taken_for_one_of_this(store, redis):
    store.append(STOP)
    redis.hset(KEY, f"of:{KEYS.digest(OTHER)}", "1")

    assert store.events(OTHER) == ()


def test_how_the_server_is_set_is_asked_once_while_it_answers(store, connection):
    asked = connection.asked_settings

    store.append(STOP)
    store.current(RECIPIENT)

    assert asked == connection.asked_settings == 3


def test_while_redis_is_gone_nothing_is_known_and_nothing_recorded(store, connection):
    connection.is_gone = True

    for act in (
        lambda: store.append(STOP),
        lambda: store.current(RECIPIENT),
        lambda: list(store.all()),
        store.head,
        store.verify,
        store.reviews,
        lambda: store.add_review(REVIEW),
        lambda: store.settle_review("SM1", NOW, None, None),
    ):
        with pytest.raises(OptOutUnknownError, match="cannot be") as refused:
            act()
        assert refused.value.repeatable


def test_reading_in_an_outage_waits_for_nobody_and_writing_tries(store, connection):
    connection.is_gone = True
    with pytest.raises(OptOutUnknownError):
        store.current(RECIPIENT)
    connection.is_gone, before = False, connection.runs

    with pytest.raises(OptOutUnknownError):
        store.current(RECIPIENT)
    assert connection.runs == before

    assert store.append(STOP) == 1


def test_a_redis_that_may_lose_it_is_refused(server, connection):
    connection.settings["appendfsync"] = "everysec"

    with pytest.raises(ValidationError, match="set appendfsync always"):
        RedisOptOuts(server, KEYS)

    assert RedisOptOuts(server, KEYS, allow_loss=True).append(STOP) == 1


def test_a_redis_that_is_gone_at_the_start_is_asked_before_anything_is_read(server, connection, clock):
    connection.is_gone = True
    store = RedisOptOuts(server, KEYS)
    connection.is_gone = False
    connection.settings["appendonly"] = "no"
    clock.sleep(1)

    for act in (lambda: store.current(RECIPIENT), lambda: store.append(STOP)):
        with pytest.raises(OptOutUnknownError, match="set appendonly yes"):
            act()


def test_a_redis_that_was_started_anew_is_asked_again(store, connection, clock):
    connection.is_gone = True
    with pytest.raises(OptOutUnknownError):
        store.current(RECIPIENT)
    connection.is_gone = False
    connection.settings["appendonly"] = "no"
    clock.sleep(1)

    with pytest.raises(OptOutUnknownError, match="set appendonly yes"):
        store.current(RECIPIENT)


def test_who_is_overtaken_each_time_gives_up(store, redis):
    writers = iter(many(200, OTHER))

    class Overtaken(RedisOptOuts):
        """Another writes between its reading and its writing."""

        def _append(self, rows, new):
            store.append(next(writers))
            return super()._append(rows, new)

    with pytest.raises(OptOutUnknownError, match="try again"):
        Overtaken(store._server, KEYS).append(STOP)

    assert store.events(RECIPIENT) == ()


def test_texts_for_a_person_are_kept_and_settled(store):
    added = [store.add_review(REVIEW), store.add_review(REVIEW)]
    open_reviews = store.reviews()

    settled = store.settle_review("SM1", NOW, "ann", None)

    assert (added, open_reviews, settled) == ([True, False], (REVIEW,), True)
    assert store.reviews() == (replace(REVIEW, settled_time=NOW, actor="ann"),)
