"""Tests of the statuses that a message is to take."""

import pytest

from fake_twilio.domain.fate.delays import Uniform
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step, Timeline

SENT = Step(Status.SENT, 0.0, delay=Uniform(1.0, 3.0))
DELIVERED = Step(Status.DELIVERED, 2.0)


def test_what_may_not_follow_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^delivered may not follow queued; what may is failed or sending or sent$"):
        Timeline((DELIVERED,))
    with pytest.raises(ValueError, match=r"^sent may not follow failed, which is the end$"):
        Timeline((Step(Status.FAILED, 1.0), SENT))


def test_nothing_may_follow_at_all() -> None:
    assert Timeline(()).drawn(Draws(1)) == ()


def test_drawn_steps_know_their_seconds() -> None:
    first, second = Timeline((SENT, DELIVERED)).drawn(Draws(1))

    assert 1 <= first.after_seconds < 3
    assert first.delay is None
    assert second is DELIVERED


def test_each_step_is_drawn_where_each_is_left_to_chance() -> None:
    timeline = Timeline((SENT, Step(Status.DELIVERED, 0.0, delay=Uniform(4.0, 5.0))))

    first, second = timeline.drawn(Draws(1))

    assert (first.delay, second.delay) == (None, None)
    assert 1 <= first.after_seconds < 3
    assert 4 <= second.after_seconds < 5


def test_two_steps_with_one_delay_are_drawn_apart() -> None:
    read = Step(Status.READ, 0.0, delay=Uniform(0.0, 1.0))
    first, _, third = Timeline((Step(Status.SENT, 0.0, delay=Uniform(0.0, 1.0)), DELIVERED, read)).drawn(Draws(1))

    assert first.after_seconds != third.after_seconds
