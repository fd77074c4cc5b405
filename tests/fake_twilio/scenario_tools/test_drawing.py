"""Tests of the drawing of a timeline."""

from fake_twilio.domain.fate.delays import Uniform
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.scenario_tools.drawing import BAR, drawn


def test_lines_grow_with_the_time_that_has_passed() -> None:
    steps = (Step(Status.SENDING, 0.5), Step(Status.SENT, 0.5), Step(Status.UNDELIVERED, 1.0, 30007))

    assert drawn(steps) == [
        f"   0s  {'●':<{BAR + 1}} queued",
        f"500ms  {'─' * (BAR // 4) + '●':<{BAR + 1}} sending",
        f"   1s  {'─' * (BAR // 2) + '●':<{BAR + 1}} sent",
        f"   2s  {'─' * BAR}● undelivered 30007",
    ]


def test_what_is_left_to_chance_is_marked_with_all_that_comes_after_it() -> None:
    queued, sent, delivered = drawn((Step(Status.SENT, 0.0, None, Uniform(1, 3)), Step(Status.DELIVERED, 1.0)))

    assert [line.split()[0] for line in (queued, sent, delivered)] == ["0s", "~2s", "~3s"]
    assert sent.endswith("sent  (uniform(1s, 3s): half within 2s, 90% within 2.8s)")


def test_nothing_takes_no_time() -> None:
    assert drawn(()) == [f"0s  {'●':<{BAR + 1}} queued"]
    assert drawn((Step(Status.SENT, 0.0),))[1] == f"0s  {'●':<{BAR + 1}} sent"
