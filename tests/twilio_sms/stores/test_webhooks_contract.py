"""Every store of webhooks keeps the same promises: in memory, in SQLite, in Redis."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.callbacks import told
from tests.doubles import MESSAGE_SID
from tests.redis_doubles import HandConnection, server_on
from twilio_sms.domain.claim import Claim, Claimed
from twilio_sms.domain.delivery_track import DeliveryTrack
from twilio_sms.domain.status import Status
from twilio_sms.errors import ValidationError
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_webhooks import RedisWebhooks
from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks

KEY = "inbound:SM1"
DAY_SECONDS = 86400


@pytest.fixture
def opened():
    """Close in the end what is entered, from whatever thread."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(params=["memory", "sqlite", "real_redis", "fake_redis"])
def make(request, tmp_path, clock, opened):
    """Give what makes a store, each time one with the same content."""
    if request.param == "memory":
        store = MemoryWebhooks(clock=clock)
        return lambda: store
    if request.param == "sqlite":
        return lambda: opened.enter_context(closing(SqliteWebhooks(tmp_path / "webhooks.db", clock=clock)))
    connection = HandConnection(request.getfixturevalue(request.param), clock)
    return lambda: RedisWebhooks(server_on(connection, clock), Keys("test", "webhooks"), clock, allow_loss=True)


@pytest.fixture
def store(make):
    return make()


def test_who_comes_first_works_on_it_and_the_others_do_not(make):
    states = [make().claim(KEY, 30).state for _ in range(3)]

    assert states == [Claimed.MINE, Claimed.UNDER_WAY, Claimed.UNDER_WAY]


def test_what_is_done_is_told_with_its_answer(make, clock):
    make().claim(KEY, 30)
    make().finish(KEY, "<Response/>é")
    clock.sleep(6.9 * DAY_SECONDS)

    assert make().claim(KEY, 30) == Claim(Claimed.DONE, "<Response/>é")


def test_an_empty_answer_is_one(store):
    store.claim(KEY, 30)
    store.finish(KEY, "")

    assert store.claim(KEY, 30) == Claim(Claimed.DONE, "")


def test_a_claim_that_ran_out_is_there_for_the_next(store, clock):
    first = store.claim(KEY, 30)
    clock.sleep(29.999)
    early = store.claim(KEY, 30)
    clock.sleep(0.001)
    second = store.claim(KEY, 30)

    assert (first.state, early.state, second.state) == (Claimed.MINE, Claimed.UNDER_WAY, Claimed.MINE)
    assert first.token != second.token


def test_keys_have_nothing_to_do_with_each_other(store):
    store.claim(KEY, 30)
    store.finish(KEY, "done")

    assert store.claim("inbound:SM2", 30).state is Claimed.MINE


def test_what_is_released_is_there_at_once(store):
    store.release(KEY, store.claim(KEY, 30).token)

    assert store.claim(KEY, 30).state is Claimed.MINE


def test_a_release_without_a_token_gives_back_what_is_not_done(store):
    store.claim(KEY, 30)
    store.release(KEY)

    assert store.claim(KEY, 30).state is Claimed.MINE


def test_what_is_done_cannot_be_released(store):
    token = store.claim(KEY, 30).token
    store.finish(KEY, "done")
    store.release(KEY, token)
    store.release(KEY)

    assert store.claim(KEY, 30) == Claim(Claimed.DONE, "done")


def test_to_release_what_nobody_claimed_does_nothing(store):
    store.release(KEY)

    assert store.claim(KEY, 30).state is Claimed.MINE


def test_who_finishes_late_harms_nobody(store, clock):
    store.claim(KEY, 30)
    clock.sleep(30)
    store.claim(KEY, 30)

    store.finish(KEY, "of the first")
    store.finish(KEY, "of the second")

    assert store.claim(KEY, 30) == Claim(Claimed.DONE, "of the first")


def test_who_releases_late_leaves_the_claim_of_who_took_over_alone(store, clock):
    late = store.claim(KEY, 30)
    clock.sleep(30)
    store.claim(KEY, 30)

    store.release(KEY, late.token)

    assert store.claim(KEY, 30).state is Claimed.UNDER_WAY


def test_of_many_threads_one_works_on_it(make):
    together = Barrier(8)

    def claim(store):
        together.wait()
        return store.claim(KEY, 30).state

    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(claim, [make() for _ in range(8)]))

    assert states.count(Claimed.MINE) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, None, b"x"])
def test_what_is_no_key_is_refused(store, key):
    with pytest.raises(ValidationError, match="key of a webhook"):
        store.claim(key, 30)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), True, "30", None])
def test_what_is_no_time_is_refused(store, seconds):
    with pytest.raises(ValidationError, match="lease_seconds"):
        store.claim(KEY, seconds)


def test_of_a_message_that_nobody_heard_of_nothing_is_known(store):
    assert store.find(MESSAGE_SID) is None


def test_what_callbacks_said_is_found_by_all(make):
    first = make().record(told("sent"))
    second = make().record(told("undelivered", 30003))

    assert first.before == DeliveryTrack(MESSAGE_SID)
    assert (first.is_new, second.is_new) == (True, True)
    assert second.before == first.after
    assert make().find(MESSAGE_SID) == second.after
    assert (second.after.status, second.after.error_code) == (Status.UNDELIVERED, 30003)


def test_the_same_callback_twice_is_one(store, clock):
    before = store.record(told("sent")).after
    clock.sleep(5)

    assert not store.record(told("sent")).is_new
    assert store.find(MESSAGE_SID) == before


def test_of_many_threads_that_bring_the_same_callback_one_brings_news(make):
    together = Barrier(8)

    def record(store):
        together.wait()
        return store.record(told("delivered")).is_new

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(record, [make() for _ in range(8)])) == 1


def test_threads_that_bring_other_callbacks_lose_none(make):
    words = ["queued", "sent", "delivered", "read", "new1", "new2"]

    with ThreadPoolExecutor(6) as pool:
        recorded = list(pool.map(lambda word: make().record(told(word)), words))

    assert all(one.is_new for one in recorded)
    assert {event.status_text for event in make().find(MESSAGE_SID).events} == set(words)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(callbacks=st.lists(st.sampled_from(["queued", "sent", "delivered", "undelivered", "new\ud7ff'"]), max_size=6))
def test_a_store_says_what_the_rules_say(store, clock, callbacks):
    sid = f"SM{clock.monotonic_ns()}"
    clock.sleep(1)
    track = DeliveryTrack(sid)
    for word in callbacks:
        track = track.after(told(word, sid=sid), clock.now()).after
        store.record(told(word, sid=sid))

    assert store.find(sid) == (track if callbacks else None)
