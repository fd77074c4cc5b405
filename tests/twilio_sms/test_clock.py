"""The system clock tells UTC, grows, and really asks the machine to sleep."""

from datetime import UTC, datetime, timedelta

import pytest

from twilio_sms.clock import SystemClock


def test_the_wall_time_is_the_present_in_utc():
    moment = SystemClock().now()

    assert moment.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)


def test_monotonic_time_never_falls():
    clock = SystemClock()

    moments = [clock.monotonic() for _ in range(1000)]

    assert moments == sorted(moments)


def test_nanoseconds_tell_the_same_time_as_seconds():
    clock = SystemClock()

    before, nanoseconds, after = clock.monotonic(), clock.monotonic_ns(), clock.monotonic()

    assert before <= nanoseconds / 1e9 <= after


def test_sleeping_hands_the_seconds_to_the_machine():
    with pytest.raises(ValueError, match="non-negative"):
        SystemClock().sleep(-1)
