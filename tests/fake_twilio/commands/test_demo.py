"""Tests of the day that a fake lives through."""

from collections import Counter
from collections.abc import Iterator

import pytest

from fake_twilio.commands.demo import SCENARIO, live_through
from fake_twilio.commands.demo_day import DAY_SECONDS, day_of
from fake_twilio.domain.messages.message import Message
from fake_twilio.server import FakeTwilio

START = 1_767_225_600.0


@pytest.fixture(scope="module")
def lived() -> Iterator[FakeTwilio]:
    with FakeTwilio(SCENARIO, start=START, seed=1) as fake:
        live_through(fake, day_of(1))
        yield fake


def test_the_day_has_passed_and_time_goes_on(lived: FakeTwilio) -> None:
    assert START + DAY_SECONDS <= lived.now < START + DAY_SECONDS + 60
    assert lived.clock_kind == "real"


def test_most_arrives_and_each_failure_is_seen(lived: FakeTwilio) -> None:
    statuses = Counter(message.status.value for message in lived.messages)
    errors = {message.error_code for message in lived.messages}

    assert statuses["delivered"] > 300
    assert {30003, 30006, 30007} <= errors
    assert sum(statuses.values()) == statuses["delivered"] + statuses["undelivered"] + statuses["received"]


def test_customers_are_heard_and_obeyed(lived: FakeTwilio) -> None:
    assert lived.opt_outs
    assert lived.auto_replies
    assert any(message.direction == "outbound-reply" for message in lived.messages)
    assert all(delivery.is_taken for delivery in lived.callbacks)


def test_the_same_seed_lives_the_same_day(lived: FakeTwilio) -> None:
    with FakeTwilio(SCENARIO, start=START, seed=1) as again:
        live_through(again, day_of(1))
        messages = again.messages

    assert [told(message) for message in messages] == [told(message) for message in lived.messages]
    assert [message.updated_at for message in messages] == pytest.approx([each.updated_at for each in lived.messages])


def told(message: Message) -> tuple[object, ...]:
    return message.sid, message.body, message.to, [(change.status, change.error_code) for change in message.timeline]
