"""What may stand in a scenario file, and what it means."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from fake_twilio.domain.catalogue import CATALOGUE
from fake_twilio.domain.durations import parse_duration
from fake_twilio.domain.lifecycle import ERRORS, Status
from fake_twilio.domain.numbers import is_sender
from fake_twilio.domain.patterns import Pattern, parse_pattern
from fake_twilio.domain.scenario import Outcome, Refuse, Rule, Scenario, Step, Timeline, When

_CODES = {str(code): code for code in CATALOGUE}


def _as_list(value: Any) -> Any:
    """Take one text for a list of one; an empty list would match everything, which nobody means."""
    if value == []:
        raise ValueError("wanted at least one pattern")
    return [value] if isinstance(value, str) else value


def _read_code(text: Any) -> int:
    if not isinstance(text, str) or text not in _CODES:
        raise ValueError("wanted one of Twilio's error codes, such as 30007")
    return _CODES[text]


def _read_pattern(text: Any) -> Pattern:
    if not isinstance(text, str) or not text:
        raise ValueError("wanted a text, * and ? for any characters, or a range such as +15550100000..+15550199999")
    return parse_pattern(text)


def _read_seconds(text: Any) -> float:
    if not isinstance(text, str):
        raise ValueError("wanted a duration such as 500ms, 1.5s, 10m, 36h or 30d")  # noqa: TRY004 - pydantic takes this one
    return parse_duration(text)


def _read_switch(text: Any) -> bool:
    if text not in ("true", "false"):
        raise ValueError("wanted true or false")
    return bool(text == "true")


Switch = Annotated[bool, BeforeValidator(_read_switch)]
Code = Annotated[int, BeforeValidator(_read_code)]
Seconds = Annotated[float, BeforeValidator(_read_seconds)]
Patterns = Annotated[tuple[Annotated[Any, BeforeValidator(_read_pattern)], ...], BeforeValidator(_as_list)]


class _Part(BaseModel):
    """A piece of the grammar: keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StepPart(_Part):
    """One status: ``{status: sent, after: 1s}``, with an ``error`` if it failed."""

    status: Status
    after: Seconds = 0.0
    error: Code | None = None

    @model_validator(mode="after")
    def _check_error(self) -> Self:
        if self.error is None and self.status in ERRORS:
            raise ValueError(f"wanted an error code with {self.status}, such as 30007")
        if self.error is not None and self.status not in ERRORS:
            raise ValueError(f"wanted no error code with {self.status}: only failed and undelivered have one")
        return self

    def to_step(self) -> Step:
        return Step(self.status, self.after, self.error)


class OutcomePart(_Part):
    """What happens: a ``timeline`` of statuses after ``queued``, or a code to ``refuse`` with."""

    timeline: tuple[StepPart, ...] | None = None
    refuse: Code | None = None

    @field_validator("timeline")
    @classmethod
    def _check_order(cls, steps: tuple[StepPart, ...] | None) -> tuple[StepPart, ...] | None:
        Timeline(tuple(step.to_step() for step in steps or ()))
        return steps

    @field_validator("refuse")
    @classmethod
    def _check_refusal(cls, code: int | None) -> int | None:
        if code is not None and CATALOGUE[code].status is None:
            raise ValueError(f"{code} comes with a status later; wanted a code that refuses a request, such as 21211")
        return code

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.timeline is None) == (self.refuse is None):
            raise ValueError("wanted either a timeline or a code to refuse with")
        return self

    def to_outcome(self) -> Outcome:
        if self.refuse is not None:
            return Refuse(self.refuse)
        return Timeline(tuple(step.to_step() for step in self.timeline or ()))


class WhenPart(_Part):
    """What a message is like; every key that is given must hold, for one of its patterns."""

    to: Patterns = ()
    sender: Patterns = Field(default=(), alias="from")
    body: Patterns = ()

    def to_when(self) -> When:
        return When(to=self.to, sender=self.sender, body=self.body)


class RulePart(_Part):
    """When a message is like this, then that happens."""

    name: str | None = None
    when: WhenPart = WhenPart()
    then: OutcomePart

    def to_rule(self, number: int) -> Rule:
        return Rule(self.name or f"rule {number}", self.when.to_when(), self.then.to_outcome())


class ScenarioPart(_Part):
    """A whole file."""

    about: str
    numbers: tuple[str, ...] = ()
    magic_numbers: Switch = False
    rules: tuple[RulePart, ...] = ()
    defaults: OutcomePart

    @field_validator("numbers")
    @classmethod
    def _check_numbers(cls, numbers: tuple[str, ...]) -> tuple[str, ...]:
        for number in numbers:
            if not is_sender(number):
                raise ValueError(f"wanted E.164 numbers, short codes or alphanumeric sender IDs, not {number!r}")
        return numbers

    def to_scenario(self, name: str) -> Scenario:
        return Scenario(
            name=name,
            about=self.about,
            numbers=self.numbers,
            rules=tuple(rule.to_rule(number) for number, rule in enumerate(self.rules, 1)),
            otherwise=self.defaults.to_outcome(),
            magic_numbers=self.magic_numbers,
        )
