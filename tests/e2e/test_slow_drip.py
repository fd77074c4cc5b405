"""G8 in short: answers that drip faster end calls with a shorter deadline."""

from tests.e2e.slow_drip import ALLOWED_SECONDS, naive_overrun_seconds, points, run


def test_a_call_ends_with_its_deadline_wherever_the_answer_drips():
    ended = run(drip_seconds=0.1, deadline_seconds=1.5)

    assert {each.point for each in ended} == set(points())
    assert [each for each in ended if not each.is_failed] == []
    assert [each for each in ended if each.overrun_seconds > ALLOWED_SECONDS] == []


def test_the_usual_timeout_does_not_end_a_drip():
    assert naive_overrun_seconds(0.5) > ALLOWED_SECONDS
