"""Alone, a process keeps to its part of each rate, and begins each outage with nothing."""

import os
from fractions import Fraction

import pytest

from tests.doubles import RECIPIENT, HandClock
from twilio_sms.resilience.limits import RateLimits, ignore_hold_up
from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.stores.redis_local_share import LocalShare, share_of_limits, share_of_quota


def test_each_rate_is_divided_and_each_burst_is_one_at_least():
    limits = RateLimits(long_code_rate=Rate(1, 1), toll_free_rate=Rate(3, 16), short_code_rate=Rate(100, 400))

    share = share_of_limits(limits, 8)

    assert share.rates() == {
        "global_rate": Rate(Fraction(10, 8), 3),
        "recipient_rate": Rate(Fraction(1, 8), 1),
        "long_code_rate": Rate(Fraction(1, 8), 1),
        "toll_free_rate": Rate(Fraction(3, 8), 2),
        "short_code_rate": Rate(Fraction(100, 8), 50),
    }
    assert share.on_limit == limits.on_limit


@pytest.mark.parametrize(("burst", "alone"), [(10, 10), (100, 24)])
def test_a_message_that_may_pass_at_all_may_pass_alone(burst, alone):
    share = share_of_limits(RateLimits(short_code_rate=Rate(100, burst)), 8)

    assert share.short_code_rate == Rate(Fraction(100, 8), alone)


def test_limits_that_are_off_stay_off():
    assert share_of_limits(RateLimits(global_rate=None, recipient_rate=None), 8).rates() == {}


@pytest.mark.parametrize(("processes", "capacity"), [(1, 500), (8, 62), (1000, 5)])
def test_a_quota_is_divided_and_pays_for_one_retry_at_least(processes, capacity):
    assert share_of_quota(RetryQuota(), processes).capacity == capacity


class Scene:
    """A process's share of ten messages a second, of five processes."""

    def __init__(self):
        self.clock = HandClock()
        limits = RateLimits(global_rate=Rate(10, 10), recipient_rate=None)
        self.share = LocalShare(limits, 5, self.clock, ignore_hold_up)

    def send(self, spell):
        return self.share.limiter(spell).acquire(RECIPIENT, None, lambda: 1)


def test_an_outage_begins_with_empty_buckets():
    scene = Scene()
    scene.clock.sleep(60)

    assert [scene.send(1), scene.send(1)] == [0.5, 0.5]


def test_its_tokens_last_for_the_outage_and_the_next_begins_anew():
    scene = Scene()
    scene.send(1)
    scene.clock.sleep(60)

    assert [scene.send(1), scene.send(1), scene.send(3)] == [0.0, 0.0, 0.5]


def test_who_comes_late_from_an_outage_that_is_over_gets_the_newest():
    scene = Scene()

    assert scene.share.limiter(3) is scene.share.limiter(1)


def test_a_forked_child_has_a_lock_of_its_own():
    scene = Scene()

    with scene.share._lock:
        child = os.fork()
        if not child:
            os._exit(scene.send(1) != 0.5)
        _pid, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
