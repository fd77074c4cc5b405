"""A load on a fake, driven by the events that Locust fires."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.course import Writer
from fake_twilio.load.histogram import Histogram
from fake_twilio.load.session import attach
from fake_twilio.load.share import share_of
from fake_twilio.load.summary import Summary
from tests.fake_twilio.load.doubles import Environment, Runner


def tree_of(seconds: float) -> dict[str, Any]:
    histogram = Histogram()
    histogram.record(seconds)
    return histogram.to_tree()


HISTOGRAM = tree_of(0.2)


class Load:
    """A load on a fake, driven as Locust drives it; keeps what was written."""

    def __init__(self, fake: FakeTwilioFixture, runner: Runner | None = None, **options: Any) -> None:
        self.environment = Environment(fake.url, runner, **options)
        self.environ = fake.environment()
        self.written: list[tuple[Path, Summary]] = []
        self.pauses: list[float] = []
        self.ended: list[str] = []

    def begin(self) -> "Load":
        self.attach(lambda *told: self.written.append(told))
        self.environment.events.init.fire(environment=self.environment)
        self.environment.events.test_start.fire(environment=self.environment)
        return self

    def attach(self, write: Writer) -> None:
        events, forks = self.environment.events, lambda: self.ended.append("forks")
        attach(events, writers=[write], environ=self.environ, pause=self.pauses.append, end_forks=forks)

    def see(self, *seconds: float) -> "Load":
        for each in seconds:
            share_of(self.environment).tally.record("send", each)
        return self

    def request(self, failure: Exception | None = None) -> "Load":
        self.environment.events.request.fire(request_type="POST", name="x", response_time=1.0, exception=failure)
        return self

    def end(self) -> int | None:
        """End it; return the exit status that it asks for."""
        events = self.environment.events
        for hook in (events.test_stopping, events.test_stop, events.quitting):
            hook.fire(environment=self.environment)
        events.quit.fire(exit_code=0)
        return self.environment.process_exit_code


Begin = Callable[..., Load]


def refusal(running: Load) -> str:
    """Return what is said of a load that cannot begin."""
    with pytest.raises(SystemExit) as ended:
        running.begin()
    return str(ended.value.code)
