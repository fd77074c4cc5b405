"""Tests of what waits for its moment because of a message."""

from functools import partial

from fake_twilio.timing.postponed import Postponed
from fake_twilio.timing.scheduler import Scheduler

ONE, OTHER = "SM" + "1" * 32, "SM" + "2" * 32


class Waiting:
    """Actions of two messages, each of which writes down that it was run."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.scheduler = Scheduler()
        self.postponed = Postponed(self.scheduler)
        for due, sid in ((1.0, ONE), (2.0, OTHER), (3.0, ONE)):
            self.postponed.plan(due, sid, partial(self.log.append, f"{sid} at {due:g}"))


def test_each_action_runs_once_at_its_moment() -> None:
    waiting = Waiting()

    waiting.scheduler.run_due(2.0)
    before = (list(waiting.log), len(waiting.postponed))
    waiting.scheduler.run_due(3.0)

    assert before == ([f"{ONE} at 1", f"{OTHER} at 2"], 1)
    assert waiting.log[2:] == [f"{ONE} at 3"]
    assert len(waiting.postponed) == 0


def test_what_is_forgotten_never_runs_and_all_else_does() -> None:
    waiting = Waiting()

    waiting.postponed.forget({ONE})
    waiting.scheduler.run_due(3.0)

    assert waiting.log == [f"{OTHER} at 2"]
    assert len(waiting.postponed) == 0


def test_what_is_planned_after_a_forgetting_runs_once() -> None:
    waiting = Waiting()

    waiting.postponed.forget({ONE, OTHER})
    waiting.postponed.plan(2.5, ONE, partial(waiting.log.append, "anew"))
    waiting.scheduler.run_due(3.0)

    assert waiting.log == ["anew"]
