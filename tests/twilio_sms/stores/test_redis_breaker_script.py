"""The scripts move a breaker as the table says, and survive what happens to a server."""

import pytest

from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import State
from twilio_sms.stores.redis_breaker_script import ADMIT, NOTE, Told, limits_of

CLOSED, OPEN, HALF_OPEN = State
KEY = "{a}:breaker"
POLICY = BreakerPolicy(failures=2, open_seconds=30, max_half_open_seconds=60)


class Scene:
    """A breaker in Redis, and what is done to it."""

    def __init__(self, server, policy=POLICY):
        self.server, self.limits = server, limits_of(policy)

    def admit(self) -> Told:
        return self.server.run(ADMIT, [KEY], *self.limits)

    def note(self, told: Told, outcome: str) -> Told:
        return self.server.run(NOTE, [KEY], *self.limits, told.epoch, told.trial or 0, outcome)

    def open(self) -> Told:
        for _ in range(2):
            told = self.note(self.admit(), "FAILURE")
        return told


@pytest.fixture
def scene(server):
    return Scene(server)


def test_a_new_breaker_is_closed(scene):
    told = scene.admit()

    assert (told.is_taken, told.trial, told.state, told.wait_seconds, told.failures) == (True, None, CLOSED, 0, 0)


def test_it_opens_rests_tries_and_closes(scene, clock):
    opened = scene.open()
    turned_away = scene.admit()
    clock.sleep(30)
    tried = scene.admit()
    passed = scene.note(tried, "SUCCESS")

    assert [told.state for told in (opened, turned_away, tried, passed)] == [OPEN, OPEN, HALF_OPEN, CLOSED]
    assert [told.is_taken for told in (opened, turned_away, tried, passed)] == [True, False, True, True]
    assert (turned_away.wait_seconds, turned_away.failures, tried.trial) == (30.0, 2, 1)


def test_a_lease_ends_by_itself(scene, clock):
    scene.open()
    clock.sleep(30)
    lost = scene.admit()
    clock.sleep(59.5)
    refused = scene.admit()
    clock.sleep(0.5)

    following = scene.admit()

    assert (refused.is_taken, refused.wait_seconds) == (False, 0.5)
    assert (following.is_taken, following.trial) == (True, 2)
    assert not scene.note(lost, "SUCCESS").is_taken


def test_who_finds_no_place_is_told_to_ask_again_soon_beside_the_open_time(server, clock):
    scene = Scene(server, BreakerPolicy(failures=2, open_seconds=0.4))
    scene.open()
    clock.sleep(0.4)
    scene.admit()

    assert scene.admit().wait_seconds == 0.1


def test_epochs_grow_also_when_the_server_forgot_the_breaker(scene, redis, clock):
    epochs = [scene.admit().epoch, scene.open().epoch]
    clock.sleep(1)
    redis.flushall()

    epochs.append(scene.admit().epoch)

    assert epochs == sorted(set(epochs))


def test_a_result_from_before_the_server_forgot_counts_as_late(scene, redis):
    before = scene.admit()
    redis.flushall()

    told = scene.note(before, "FAILURE")

    assert (told.is_taken, told.failures, redis.keys()) == (False, 0, [])


def test_a_clock_that_was_set_back_makes_no_rest_longer_than_a_whole_one(scene, connection, clock):
    scene.open()
    connection.set_back_us = 3_600_000_000

    waits = [scene.admit().wait_seconds, clock.sleep(29), scene.admit().wait_seconds, clock.sleep(1)]

    assert waits == [30, None, 1, None]
    assert scene.admit().state is HALF_OPEN


def test_a_clock_that_was_set_back_makes_no_lease_longer_than_a_whole_one(scene, connection, clock):
    scene.open()
    clock.sleep(30)
    scene.admit()
    connection.set_back_us = 3_600_000_000
    scene.admit()
    clock.sleep(60)

    assert scene.admit().trial == 2


def test_while_all_is_well_nothing_is_written_after_the_first_call(scene, redis):
    scene.admit()
    redis.expire(KEY, 20 * 3600)  # a writing would begin the whole time anew

    told = scene.note(scene.admit(), "SUCCESS")

    assert told.is_taken
    assert redis.ttl(KEY) <= 20 * 3600


def test_a_breaker_that_is_used_is_kept(scene, redis):
    scene.admit()
    redis.expire(KEY, 3600)

    scene.admit()

    assert redis.ttl(KEY) > 23 * 3600
