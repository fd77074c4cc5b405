"""Messages leave no faster than the limits and in their order, and a held-up one holds up no other."""

import os
import signal
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import pytest

from tests.doubles import RECIPIENT, SENDER, HandClock
from tests.parking_clock import Caller, ParkingClock
from twilio_sms.errors import LocalRateLimitError, ValidationError
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.rate_limit import LONGEST_NAP_NS, Limiter, RateLimiter
from twilio_sms.resilience.token_bucket import Rate

OTHER = "+15557654321"
SHORT_CODE = "12345"
OFF: dict[str, Any] = {"global_rate": None, "recipient_rate": None}
BY_SEGMENTS = RateLimits(**{**OFF, "short_code_rate": Rate(1, 5)})


class NappingClock(HandClock):
    """Remembers how long each sleep was."""

    def __init__(self) -> None:
        super().__init__()
        self.naps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        super().sleep(seconds)


@pytest.fixture
def clock() -> NappingClock:
    return NappingClock()


@pytest.fixture
def parking() -> Iterator[ParkingClock]:
    clock = ParkingClock()
    yield clock
    clock.end()


def ask(limiter: Limiter, recipient: str = RECIPIENT, sender: str = SENDER, segments: int = 1, **how: Any) -> float:
    return limiter.acquire(recipient, sender, lambda: segments, **how)


def held(limiter: RateLimiter, limit: str) -> list[float]:
    return [fill.tokens for fill in limiter.snapshot() if fill.limit == limit]


def in_line(limiter: RateLimiter, limit: str) -> int:
    return sum(fill.waiting for fill in limiter.snapshot() if fill.limit == limit)


def test_the_burst_passes_at_once_and_the_next_waits_for_a_token(clock):
    limiter = RateLimiter(RateLimits(), clock)

    waited = [ask(limiter) for _ in range(5)]

    assert waited == [0.0, 0.0, 0.0, 1.0, 1.0]
    assert clock.monotonic() == 2.0


@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        (RateLimits(global_rate=Rate(1, 1), recipient_rate=None), "global"),
        (RateLimits(global_rate=None, recipient_rate=Rate(1, 1)), "recipient"),
        (RateLimits(global_rate=None, recipient_rate=None, long_code_rate=Rate(1, 1)), "sender"),
    ],
)
def test_each_message_that_cannot_leave_at_once_is_told_with_its_kind_of_limit(clock, limits, kind):
    told: list[str] = []
    limiter = RateLimiter(limits, clock, told.append)

    ask(limiter)
    assert told == []
    ask(limiter)

    assert told == [kind]


def test_the_limit_of_all_messages_holds_for_different_recipients(clock):
    limiter = RateLimiter(RateLimits(), clock)

    waited = [ask(limiter, f"+1555000{number:04}") for number in range(32)]

    assert waited == [0.0] * 30 + [0.1, 0.1]


def test_without_limits_nothing_waits(clock):
    limiter = RateLimiter(RateLimits(**OFF), clock)

    assert {ask(limiter) for _ in range(1000)} == {0.0}
    assert limiter.snapshot() == []


def test_a_short_code_pays_for_each_segment(clock):
    limiter = RateLimiter(BY_SEGMENTS, clock)

    waited = [ask(limiter, sender=SHORT_CODE, segments=4) for _ in range(2)]

    assert waited == [0.0, 3.0]


def test_a_message_of_more_segments_than_the_burst_is_refused_at_once(clock):
    limiter = RateLimiter(BY_SEGMENTS, clock)

    with pytest.raises(ValidationError, match="has 6"):
        ask(limiter, sender=SHORT_CODE, segments=6)

    assert clock.naps == []


def test_a_long_wait_is_slept_in_short_naps(clock):
    limiter = RateLimiter(BY_SEGMENTS, clock)
    ask(limiter, sender=SHORT_CODE, segments=5)

    ask(limiter, sender=SHORT_CODE, segments=1)

    assert clock.naps == [LONGEST_NAP_NS / 1e9] * 4


@pytest.mark.parametrize(
    ("on_limit", "wait"),
    [
        pytest.param("raise", None, id="as set"),
        pytest.param("wait", False, id="for this message"),
    ],
)
def test_what_is_not_to_wait_is_refused_and_told_when_to_come_back(clock, on_limit, wait):
    limiter = RateLimiter(RateLimits(on_limit=on_limit), clock)
    for _ in range(3):
        ask(limiter)
    clock.sleep(0.25)

    with pytest.raises(LocalRateLimitError) as caught:
        ask(limiter, wait=wait)

    assert caught.value.retry_after_seconds == 0.75
    assert clock.monotonic() == 0.25
    assert RECIPIENT[1:] not in str(caught.value)


def test_one_message_may_wait_where_others_raise(clock):
    limiter = RateLimiter(RateLimits(recipient_rate=Rate(1, 1), on_limit="raise"), clock)
    ask(limiter)

    assert ask(limiter, wait=True) == 1.0


def test_a_known_wait_past_the_deadline_is_refused_before_it_begins(clock):
    limiter = RateLimiter(RateLimits(recipient_rate=Rate(1, 1)), clock)
    ask(limiter)

    with pytest.raises(LocalRateLimitError, match="its deadline is earlier"):
        ask(limiter, deadline=0.999)

    assert clock.naps == []
    assert ask(limiter, deadline=1.0) == 1.0


def test_a_message_that_comes_a_nanosecond_too_early_is_too_early(clock):
    limiter = RateLimiter(RateLimits(global_rate=Rate(10**9, 1), recipient_rate=None), clock)
    ask(limiter)

    with pytest.raises(LocalRateLimitError, match=r"^global_rate is used up") as caught:
        ask(limiter, wait=False)

    assert caught.value.retry_after_seconds == 1e-9


def test_what_is_refused_takes_nothing_of_any_bucket(clock):
    limiter = RateLimiter(RateLimits(), clock)
    for _ in range(3):
        ask(limiter)

    with pytest.raises(LocalRateLimitError):
        ask(limiter, wait=False)

    assert held(limiter, "global_rate") == [27.0]
    assert held(limiter, "recipient_rate") == [0.0]


def test_what_is_held_up_by_its_recipient_holds_up_no_other(parking):
    limiter = RateLimiter(RateLimits(recipient_rate=Rate(1, 1)), parking)
    ask(limiter)

    waiting = parking.call(lambda: ask(limiter))

    assert waiting.is_asleep
    assert [ask(limiter, f"+1555000{number:04}", wait=False) for number in range(29)] == [0.0] * 29


def two_in_line(clock: ParkingClock, limiter: RateLimiter) -> tuple[Caller, Caller]:
    """Use the burst of five up; then one comes for five segments, and after it one for a single one."""
    ask(limiter, sender=SHORT_CODE, segments=5)
    first = clock.call(lambda: ask(limiter, sender=SHORT_CODE, segments=5))
    second = clock.call(lambda: ask(limiter, sender=SHORT_CODE, segments=1))
    return first, second


def test_a_small_message_does_not_starve_a_large_one_that_came_first(parking):
    limiter = RateLimiter(BY_SEGMENTS, parking)
    _, small = two_in_line(parking, limiter)
    parking.advance(1.0)

    small.wake()

    assert small.is_asleep
    assert held(limiter, "short_code_rate") == [1.0]


def test_a_newcomer_stands_behind_those_who_wait(parking):
    limiter = RateLimiter(BY_SEGMENTS, parking)
    two_in_line(parking, limiter)
    parking.advance(4.0)

    with pytest.raises(LocalRateLimitError) as caught:
        ask(limiter, sender=SHORT_CODE, segments=1, wait=False)

    assert caught.value.retry_after_seconds == 5.0 + 1.0 + 1.0 - 4.0


def test_who_wakes_before_an_earlier_one_lets_it_go_first_even_if_there_is_enough_for_both(parking):
    limiter = RateLimiter(BY_SEGMENTS, parking)
    ask(limiter, sender=SHORT_CODE, segments=5)
    first = parking.call(lambda: ask(limiter, sender=SHORT_CODE))
    second = parking.call(lambda: ask(limiter, sender=SHORT_CODE))
    parking.advance(2.0)

    second.wake()
    nap_seconds = second.nap_seconds
    first.wake()
    second.wake()

    assert nap_seconds == 0.001
    assert (first.returned, second.returned) == (2.0, 2.0)


def test_who_changes_lines_keeps_its_ticket(parking):
    limiter = RateLimiter(RateLimits(global_rate=Rate(1, 2), recipient_rate=Rate(2, 1)), parking)
    ask(limiter)
    early = parking.call(lambda: ask(limiter))  # held up by its recipient
    ask(limiter, OTHER)
    late = parking.call(lambda: ask(limiter, "+15550000003"))  # held up by all
    was = in_line(limiter, "recipient_rate"), in_line(limiter, "global_rate")
    parking.advance(0.5)
    early.wake()

    assert was == (1, 1)
    assert (in_line(limiter, "recipient_rate"), in_line(limiter, "global_rate")) == (0, 2)

    parking.advance(0.5)
    late.wake()
    early.wake()

    assert late.is_asleep
    assert early.returned == 1.0


def test_a_place_in_line_goes_by_when_one_came_not_by_when_one_was_ready_to_wait(parking):
    limiter = RateLimiter(BY_SEGMENTS, parking)
    ask(limiter, sender=SHORT_CODE, segments=5)
    later: list[Caller] = []

    def hesitate() -> bool:
        if not later:
            later.append(parking.call(lambda: ask(limiter, sender=SHORT_CODE)))
        return False

    earlier = parking.call(lambda: ask(limiter, sender=SHORT_CODE, should_stop=hesitate))
    parking.advance(1.0)
    later[0].wake()
    earlier.wake()

    assert later[0].is_asleep
    assert earlier.returned == 1.0


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(), RuntimeError("the clock broke")], ids=repr)
def test_who_gives_up_leaves_the_line_and_takes_nothing(parking, error):
    limiter = RateLimiter(BY_SEGMENTS, parking)
    first, second = two_in_line(parking, limiter)

    first.wake(error)
    parking.advance(1.0)
    second.wake()

    assert first.raised is error
    assert second.returned == 1.0
    assert (in_line(limiter, "short_code_rate"), held(limiter, "short_code_rate")) == (0, [0.0])


def test_who_is_told_to_stop_leaves_the_line(parking):
    limiter = RateLimiter(BY_SEGMENTS, parking)
    ask(limiter, sender=SHORT_CODE, segments=5)
    stop = Event()
    caller = parking.call(lambda: ask(limiter, sender=SHORT_CODE, should_stop=stop.is_set))

    stop.set()
    caller.wake()

    assert isinstance(caller.raised, LocalRateLimitError)
    assert in_line(limiter, "short_code_rate") == 0


def test_a_wait_that_grows_past_the_deadline_ends(parking):
    limiter = RateLimiter(RateLimits(global_rate=Rate(1, 1), recipient_rate=Rate(2, 1)), parking)
    ask(limiter)
    parking.advance(0.6)
    caller = parking.call(lambda: ask(limiter, deadline=1.1))
    parking.advance(0.4)
    limiter.begin_anew()

    caller.wake()

    assert isinstance(caller.raised, LocalRateLimitError)
    assert str(caller.raised).startswith("global_rate is used up: ")


def test_who_is_refused_is_never_in_a_line(parking):
    limiter = RateLimiter(BY_SEGMENTS, parking)
    ask(limiter, sender=SHORT_CODE, segments=5)
    seen: list[int] = []

    def should_stop() -> bool:
        seen.append(in_line(limiter, "short_code_rate"))
        return True

    with pytest.raises(LocalRateLimitError):
        ask(limiter, sender=SHORT_CODE, should_stop=should_stop)

    assert seen == [0]


def test_a_line_of_many_is_served_in_the_order_of_tickets(parking):
    limiter = RateLimiter(RateLimits(global_rate=Rate(1, 1), recipient_rate=None), parking)
    ask(limiter)
    callers = [parking.call(lambda: ask(limiter)) for _ in range(6)]

    order = []
    for _ in callers:
        parking.advance(1.0)
        for number in reversed(range(len(callers))):  # the last to come wakes first
            if callers[number].is_asleep:
                callers[number].wake()
            if not callers[number].is_asleep and number not in order:
                order.append(number)

    assert order == [0, 1, 2, 3, 4, 5]
    assert [caller.returned for caller in callers] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_a_recipient_of_long_ago_is_forgotten_while_those_in_use_are_not(clock):
    limiter = RateLimiter(RateLimits(global_rate=None, max_recipients=2), clock)
    ask(limiter, "+15550000001")
    clock.sleep(1.0)
    ask(limiter, "+15550000002")

    ask(limiter, "+15550000003")

    assert [fill.key[-1] for fill in limiter.snapshot()] == ["2", "3"]


def test_a_snapshot_says_how_full_each_bucket_is_and_prints_no_number(clock):
    limiter = RateLimiter(RateLimits(), clock)
    ask(limiter)
    clock.sleep(0.25)

    fills = limiter.snapshot()

    assert [(fill.limit, fill.key, fill.tokens, fill.waiting) for fill in fills] == [
        ("global_rate", "", 30.0, 0),
        ("recipient_rate", RECIPIENT, 2.25, 0),
    ]
    assert RECIPIENT[1:] not in repr(fills)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def tokens_in_a_child(limiter: RateLimiter, recipients: tuple[str, ...]) -> int:
    """Fork; return how many of the messages may leave in the child without waiting."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(5)  # ends a child that waits for a lock which nobody will release
        passed = 0
        for recipient in recipients:
            try:
                ask(limiter, recipient, wait=False)
            except LocalRateLimitError:
                continue
            passed += 1
        os._exit(passed)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@needs_fork
def test_a_child_starts_with_empty_buckets_and_the_parent_keeps_its_own(clock):
    limiter = RateLimiter(RateLimits(global_rate=None), clock)
    ask(limiter)

    assert tokens_in_a_child(limiter, (RECIPIENT, OTHER)) == 0
    assert [ask(limiter, recipient, wait=False) for recipient in (RECIPIENT, OTHER)] == [0.0, 0.0]


class HeldClock(HandClock):
    """Stops the thread that it is told of in the middle of reading the time."""

    def __init__(self) -> None:
        super().__init__()
        self.is_read, self.go, self.holding = Event(), Event(), False

    def monotonic_ns(self) -> int:
        if self.holding:
            self.holding = False
            self.is_read.set()
            self.go.wait(10)
        return super().monotonic_ns()


@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")  # from Python 3.12 on
def test_a_lock_that_another_thread_held_does_not_stop_a_child():
    clock = HeldClock()
    limiter = RateLimiter(RateLimits(), clock)
    clock.holding = True
    thread = Thread(target=ask, args=(limiter,))
    thread.start()
    clock.is_read.wait(10)

    passed = tokens_in_a_child(limiter, (RECIPIENT,))

    assert passed == 0
    clock.go.set()
    thread.join(10)


def test_a_child_has_nobody_in_line(parking):
    limiter = RateLimiter(BY_SEGMENTS, parking)
    two_in_line(parking, limiter)

    limiter.begin_anew()
    parking.advance(5.0)

    assert ask(limiter, sender=SHORT_CODE, segments=5, wait=False) == 0.0
