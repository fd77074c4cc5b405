"""Runs a test against every order in which callbacks may come, until one breaks it."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal, Protocol

from fake_twilio.domain.fate.lifecycle import REPORTED, Status
from fake_twilio.domain.fate.timeline import Step, Timeline
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.kit.schedule_text import as_scenario, in_words
from fake_twilio.kit.schedules import Life, Schedule, Space
from fake_twilio.kit.wanted import parse_status
from fake_twilio.scenario_files.files import write_file
from fake_twilio.scenario_files.load import parse_scenario

FILE = "explored.yaml"  # what the scenario is called if it is not written


class Explorable(Protocol):
    """The fake, as far as it is needed here."""

    @property
    def seed(self) -> int: ...

    @property
    def start_moment(self) -> float: ...

    @property
    def messages(self) -> tuple[Message, ...]: ...

    @property
    def callbacks(self) -> Sequence[object]: ...

    def reset(self, scenario: Scenario, *, clock: Literal["manual"], seed: int, start: float) -> None: ...

    def settle(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Explored:
    """How many schedules a test withstood, and how many are possible."""

    tried: int
    possible: int

    @property
    def is_cut(self) -> bool:
        """Whether the bound was reached before all were tried."""
        return self.tried < self.possible


class Broken(AssertionError):  # noqa: N818 - it tells of the test, not of a mistake
    """A schedule of callbacks that breaks a test.

    *schedule* says it in words, *scenario* is the text of a scenario file that brings it back with the same *seed* and
    *start*; *tried* counts the schedules up to this one. The cause is what the test raised.
    """

    def __init__(self, text: str, *, schedule: str, scenario: str, seed: int, start: float, tried: int) -> None:
        super().__init__(text)
        self.schedule = schedule
        self.scenario = scenario
        self.seed = seed
        self.start = start
        self.tried = tried


class Explorer:
    """Plays schedules to a *test*, each in a new world of *fake* with the seed and the start of the first."""

    def __init__(self, fake: Explorable, test: Callable[[], object], write_to: Path | None) -> None:
        self._fake = fake
        self._test = test
        self._write_to = write_to
        self._seed = fake.seed
        self._start = fake.start_moment
        self._tried = 0

    def explore(self, space: Space, bound: int) -> Explored:
        """Try at most *bound* schedules of *space*; raise `Broken` for the first that breaks the test."""
        __tracebackhide__ = True
        self._try(next(space.schedules()))
        there = replace(space, messages=min(space.messages, self._made()))
        for schedule in islice(there.schedules(), 1, bound):  # the first one was played
            self._try(schedule)
        return Explored(self._tried, there.size())

    def _try(self, schedule: Schedule) -> None:
        __tracebackhide__ = True
        self._tried += 1
        text = as_scenario(schedule)
        self._fake.reset(parse_scenario(text, name="explored"), clock="manual", seed=self._seed, start=self._start)
        try:
            self._test()
        except _failures() as error:
            raise self._broken(schedule, text, error) from error
        self._check_told()

    def _check_told(self) -> None:
        """Raise `ValueError` if callbacks came only after the test: it has not seen what they do."""
        told = len(self._fake.callbacks)
        self._fake.settle()
        if len(self._fake.callbacks) > told:
            raise ValueError(
                "wanted a test that moves the time until its callbacks have come, some came after its end: "
                "call settle() before what it asserts"
            )

    def _made(self) -> int:
        """Return how many messages the test made; raise `ValueError` if no callback tells of them."""
        if not self._fake.callbacks:
            raise ValueError("wanted a test that sends at least one message with a status callback, none was told")
        return sum(message.direction != "inbound" for message in self._fake.messages)

    def _broken(self, schedule: Schedule, text: str, error: BaseException) -> Broken:
        if self._write_to is not None:
            write_file(self._write_to, text)
        name = str(self._write_to or FILE)
        marker = f"@pytest.mark.fake_twilio(scenario={name!r}, seed={self._seed}, start={self._start!r})"
        words = in_words(schedule)
        return Broken(
            f"the test breaks (schedule {self._tried}): {words}\n"
            f"{type(error).__name__}: {error}\n\n"
            f"The same test under {marker} breaks in the same way, with this scenario file:\n\n{text}",
            schedule=words,
            scenario=text,
            seed=self._seed,
            start=self._start,
            tried=self._tried,
        )


def _failures() -> tuple[type[BaseException], ...]:
    """Return what a test fails with; what `pytest.fail` raises is no `Exception`."""
    pytest = sys.modules.get("pytest")
    return (Exception,) if pytest is None else (Exception, pytest.fail.Exception)


def parse_lives(lives: Iterable[Sequence[str]]) -> tuple[Life, ...]:
    """Read the lives of messages; raise `ValueError` for what is none, or has a status that is not told."""
    parsed = tuple(tuple(map(parse_status, life)) for life in lives)
    for life in parsed:
        _check_life(life)
    if not parsed:
        raise ValueError('wanted at least one life, such as ("sent", "delivered")')
    return parsed


def _check_life(life: Life) -> None:
    Timeline(tuple(Step(status, 0.0) for status in life))
    if not life or not all(status in REPORTED for status in life):
        told = ", ".join(sorted(REPORTED))
        raise ValueError(f"wanted lives of statuses that are told ({told}), not {_named(life)}")


def _named(life: Iterable[Status]) -> str:
    return ", ".join(life) or "an empty one"
