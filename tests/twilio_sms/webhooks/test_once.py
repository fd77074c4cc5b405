"""Work is done once, and every one gets its answer."""

import logging
import threading

import pytest

from tests.doubles import HandClock
from tests.webhooks import BrittleWebhooks
from twilio_sms.clock import SystemClock
from twilio_sms.domain.claim import Claim, Claimed
from twilio_sms.errors import WebhookStoreError
from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.webhooks.once import LEASE_SECONDS, Once, StillUnderWay

LOGGER = logging.getLogger("twilio_sms")


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def seen(clock):
    return BrittleWebhooks(clock=clock)


@pytest.fixture
def once(seen, clock):
    return Once(seen, clock, LOGGER)


class Work:
    """Work that counts how often it was done."""

    def __init__(self, *answers):
        self.answers = iter(answers or "abc")
        self.done = 0

    def __call__(self):
        self.done += 1
        return next(self.answers)


def test_what_comes_again_gets_the_same_answer_and_no_work(once):
    work = Work()

    assert [once.run("k", work) for _ in range(3)] == ["a", "a", "a"]
    assert work.done == 1


def test_another_key_is_other_work(once):
    work = Work()

    assert [once.run(key, work) for key in ("k", "l")] == ["a", "b"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_what_failed_is_worked_on_again_at_once(once, clock, error):
    def fails():
        raise error

    with pytest.raises(error):
        once.run("k", fails)

    assert once.run("k", Work()) == "a"
    assert clock.monotonic() == 0


def test_a_store_that_does_not_take_a_claim_back_hides_no_error(once, seen):
    def fails():
        seen.broken.add("release")
        raise RuntimeError("the handler's own")

    with pytest.raises(RuntimeError, match="own"):
        once.run("k", fails)


def test_who_finds_another_at_work_waits_for_its_answer(clock):
    class Others(MemoryWebhooks):
        """Another one finishes while we wait."""

        def claim(self, key, lease_seconds):
            if clock.monotonic() >= 3:
                super().finish(key, "theirs")
            return super().claim(key, lease_seconds)

    seen, work = Others(clock=clock), Work()
    seen.claim("k", LEASE_SECONDS)

    assert Once(seen, clock, LOGGER).run("k", work) == "theirs"
    assert work.done == 0
    assert 3 <= clock.monotonic() < 4


def test_who_died_leaves_the_work_to_the_next_within_the_time_that_twilio_waits(seen, once, clock):
    seen.claim("k", LEASE_SECONDS)

    assert once.run("k", Work()) == "a"
    assert LEASE_SECONDS <= clock.monotonic() < 15


def test_who_never_ends_is_not_waited_for(clock):
    class Busy(MemoryWebhooks):
        def claim(self, key, lease_seconds):
            return Claim(Claimed.UNDER_WAY)

    with pytest.raises(StillUnderWay):
        Once(Busy(clock=clock), clock, LOGGER).run("k", Work())

    assert clock.monotonic() < 15


def test_who_was_overtaken_gives_the_answer_that_was_noted_first(once, clock):
    def slow():
        clock.sleep(LEASE_SECONDS + 1)
        assert once.run("k", lambda: "of the next") == "of the next"
        return "of the late"

    assert once.run("k", slow) == "of the next"
    assert once.run("k", Work()) == "of the next"


def test_who_fails_late_leaves_the_claim_of_the_next_alone(once, seen, clock):
    def slow():
        clock.sleep(LEASE_SECONDS + 1)
        seen.claim("k", LEASE_SECONDS)  # the next one's, which is at work
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once.run("k", slow)

    assert seen.claim("k", LEASE_SECONDS).state is Claimed.UNDER_WAY


def test_without_a_claim_nothing_is_done(once, seen):
    seen.broken.add("claim")
    work = Work()

    with pytest.raises(WebhookStoreError):
        once.run("k", work)

    assert work.done == 0


def test_what_was_done_is_answered_though_it_cannot_be_noted(once, seen, caplog):
    seen.broken.add("finish")

    assert once.run("k", Work()) == "a"
    assert "what was done cannot be noted: WebhookStoreError" in caplog.text


def race(run, threads=8):
    """Return what *threads* get that come at once, and how often the work was done."""
    work, answers, start = Work(*map(str, range(threads))), [], threading.Barrier(threads)

    def come():
        start.wait()
        answers.append(run("k", work))

    crew = [threading.Thread(target=come) for _ in range(threads)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    return answers, work.done


def test_many_threads_at_once_do_it_once_and_all_get_its_answer():
    answers, done = race(Once(MemoryWebhooks(), SystemClock(), LOGGER).run)

    assert (set(answers), len(answers), done) == ({"0"}, 8, 1)


def test_who_looks_before_it_works_does_it_more_than_once():
    known, all_looked = {}, threading.Barrier(8)

    def naive(key, work):
        if key not in known:
            all_looked.wait()
            known[key] = work()
        return known[key]

    assert race(naive)[1] > 1
