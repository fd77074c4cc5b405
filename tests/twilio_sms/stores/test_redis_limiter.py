"""Many processes keep one limit; without Redis each keeps to its share, and comes back."""

import os
from collections.abc import Iterator

import pytest

from tests.doubles import RECIPIENT, SENDER, HandClock
from tests.parking_clock import ParkingClock
from tests.redis_doubles import HandConnection, server_on
from twilio_sms.errors import LocalRateLimitError
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.stores.redis_buckets import RedisBuckets
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_limiter import RedisLimiter
from twilio_sms.stores.redis_local_share import LocalShare

OTHER = "+15557654321"
TEN = RateLimits(global_rate=Rate(10, 4), recipient_rate=None)
PROCESSES = 2


class EventfulClock(HandClock):
    """Lets something happen while somebody sleeps."""

    def __init__(self):
        super().__init__()
        self.meanwhile = lambda: None

    def sleep(self, seconds):
        super().sleep(seconds)
        self.meanwhile()


class Process:
    """One of the processes that share the limits."""

    def __init__(self, connection, clock, limits=TEN, *, fail_open=False):
        self.told = []
        self.server = server_on(connection, clock)
        self.limiter = RedisLimiter(
            limits,
            server=self.server,
            buckets=RedisBuckets(self.server, Keys("test", "scope"), limits.rates()),
            share=LocalShare(limits, PROCESSES, clock, self.told.append),
            clock=clock,
            on_hold_up=self.told.append,
            fail_open=fail_open,
        )

    def send(self, recipient=RECIPIENT, **how):
        return round(self.limiter.acquire(recipient, SENDER, lambda: 1, **how), 6)


@pytest.fixture
def clock():
    return EventfulClock()


@pytest.fixture
def process(connection, clock):
    return Process(connection, clock)


@pytest.fixture
def parking(fake_redis) -> Iterator[ParkingClock]:
    clock = ParkingClock()
    yield clock
    clock.end()


def test_two_processes_share_the_burst_and_the_rate(process, connection, clock):
    other = Process(connection, clock)

    waited = [sender.send() for sender in (process, other) * 3]

    assert waited == [0.0, 0.0, 0.0, 0.0, 0.1, 0.1]


def test_without_limits_redis_is_not_asked(connection, clock):
    process = Process(connection, clock, RateLimits(global_rate=None, recipient_rate=None))

    assert (process.send(), connection.runs) == (0.0, 0)


def test_a_message_that_is_held_up_is_told_once_with_its_kind_of_limit(connection, clock):
    process = Process(connection, clock, RateLimits(global_rate=None, recipient_rate=Rate(0.5, 1)))

    assert [process.send(), process.told.copy()] == [0.0, []]
    assert [process.send(), process.told] == [2.0, ["recipient"]]


def test_who_is_not_to_wait_is_told_how_long_it_would_be(process):
    for _ in range(4):
        process.send()

    with pytest.raises(LocalRateLimitError, match="global_rate is used up") as refused:
        process.send(wait=False)

    assert refused.value.retry_after_seconds == 0.1
    assert len(process.limiter._lines) == 0


def test_a_deadline_that_is_too_early_is_refused_before_the_wait(process, clock):
    for _ in range(4):
        process.send()

    with pytest.raises(LocalRateLimitError, match="deadline"):
        process.send(deadline=0.05)

    assert clock.monotonic() == 0
    assert process.send(deadline=0.1) == 0.1


def test_who_is_told_to_stop_leaves_its_place(process):
    for _ in range(4):
        process.send()

    with pytest.raises(LocalRateLimitError, match="told to stop"):
        process.send(should_stop=lambda: True)

    assert len(process.limiter._lines) == 0


def test_the_threads_of_a_process_pass_in_their_order_and_only_the_first_asks(parking, fake_redis):
    connection = HandConnection(fake_redis, parking)
    process = Process(connection, parking, RateLimits(global_rate=Rate(10, 1), recipient_rate=None))
    process.send()
    first, second = parking.call(process.send), parking.call(process.send)
    before = connection.runs

    parking.advance(0.1)
    second.wake()
    asked_by_second = connection.runs - before
    first.wake()

    assert (asked_by_second, first.is_asleep, second.is_asleep) == (0, False, True)


def test_a_recipient_who_gets_too_much_delays_nobody_else(parking, fake_redis):
    connection = HandConnection(fake_redis, parking)
    process = Process(connection, parking, RateLimits(recipient_rate=Rate(1, 1)))
    process.send()
    held = parking.call(process.send)

    assert held.is_asleep
    assert process.send(OTHER) == 0.0


def test_without_redis_a_process_keeps_to_its_share(process, connection):
    connection.is_gone = True

    assert [process.send() for _ in range(3)] == [0.2, 0.2, 0.2]
    assert process.told == ["global"] * 3


def test_a_message_that_waits_when_redis_is_lost_goes_on_with_the_share(process, connection, clock):
    for _ in range(4):
        process.send()

    clock.meanwhile = lambda: setattr(connection, "is_gone", True)

    assert process.send() == 0.3


def test_who_waits_without_redis_goes_back_to_it_when_all_have_found_it(connection, clock):
    process = Process(connection, clock, RateLimits(global_rate=None, recipient_rate=Rate(0.1, 1)))
    connection.is_gone = True

    clock.meanwhile = lambda: setattr(connection, "is_gone", False)

    assert process.send() == 1.5
    assert process.server.is_up()


def test_right_after_an_outage_a_process_keeps_to_its_share_and_to_the_limit(process, connection, clock):
    connection.is_gone = True
    process.send()
    connection.is_gone = False
    clock.sleep(0.3)
    process.send()

    waited = [process.send() for _ in range(8)]

    assert waited == [0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0.0, 0.0]


def test_who_is_not_to_wait_is_refused_without_redis_too(process, connection):
    connection.is_gone = True

    with pytest.raises(LocalRateLimitError, match="global_rate"):
        process.send(wait=False)


def test_who_is_told_to_stop_stops_without_redis_too(process, connection):
    connection.is_gone = True

    with pytest.raises(LocalRateLimitError, match="told to stop"):
        process.send(should_stop=lambda: True)


def test_by_fail_open_everything_passes_without_redis_and_is_counted(connection, clock):
    process = Process(connection, clock, fail_open=True)
    connection.is_gone = True

    waited = {process.send() for _ in range(100)}

    assert (waited, process.limiter.let_through) == ({0.0}, 100)


def test_a_forked_child_has_a_lock_of_its_own(process):
    with process.limiter._lock:
        child = os.fork()
        if not child:
            os._exit(process.send() != 0)
        _pid, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
