"""What may stand in a scenario file, and what it means."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from fake_twilio.domain.catalogue import CATALOGUE
from fake_twilio.domain.lifecycle import ERRORS, Status
from fake_twilio.domain.numbers import is_sender
from fake_twilio.domain.scenario import Outcome, Refuse, Rule, Scenario, Step, Timeline, When
from fake_twilio.scenario_files.applications import ApplicationPart, check_applications
from fake_twilio.scenario_files.contents import ContentPart, check_contents
from fake_twilio.scenario_files.limits import LimitsPart
from fake_twilio.scenario_files.lookups import LookupPart
from fake_twilio.scenario_files.people import InboundPart, OptOutPart, PersonaPart
from fake_twilio.scenario_files.services import ServicePart, check_services
from fake_twilio.scenario_files.values import Code, Part, Patterns, Seconds, Switch


class StepPart(Part):
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


class OutcomePart(Part):
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


class WhenPart(Part):
    """What a message is like; every key that is given must hold, for one of its patterns."""

    to: Patterns = ()
    sender: Patterns = Field(default=(), alias="from")
    body: Patterns = ()

    def to_when(self) -> When:
        return When(to=self.to, sender=self.sender, body=self.body)


class RulePart(Part):
    """When a message is like this, then that happens."""

    name: str | None = None
    when: WhenPart = WhenPart()
    then: OutcomePart

    def to_rule(self, number: int) -> Rule:
        return Rule(self.name or f"rule {number}", self.when.to_when(), self.then.to_outcome())


class ScenarioPart(Part):
    """A whole file."""

    about: str
    numbers: tuple[str, ...] = ()
    magic_numbers: Switch = False
    services: tuple[ServicePart, ...] = ()
    lookups: tuple[LookupPart, ...] = ()
    contents: Annotated[tuple[ContentPart, ...], AfterValidator(check_contents)] = ()
    applications: Annotated[tuple[ApplicationPart, ...], AfterValidator(check_applications)] = ()
    limits: LimitsPart = LimitsPart()
    inbound: InboundPart | None = None
    opt_outs: tuple[OptOutPart, ...] = ()
    personas: tuple[PersonaPart, ...] = ()
    rules: tuple[RulePart, ...] = ()
    defaults: OutcomePart

    @field_validator("numbers")
    @classmethod
    def _check_numbers(cls, numbers: tuple[str, ...]) -> tuple[str, ...]:
        for number in numbers:
            if not is_sender(number):
                raise ValueError(f"wanted E.164 numbers, short codes or alphanumeric sender IDs, not {number!r}")
        return numbers

    @field_validator("services")
    @classmethod
    def _check_services(cls, services: tuple[ServicePart, ...], info: ValidationInfo) -> tuple[ServicePart, ...]:
        if "numbers" in info.data:  # else they are wrong themselves
            check_services(services, info.data["numbers"])
        return services

    @field_validator("inbound")
    @classmethod
    def _check_inbound(cls, inbound: InboundPart | None, info: ValidationInfo) -> InboundPart | None:
        sid = inbound.application if inbound and "applications" in info.data else None  # else they are wrong themselves
        if sid and sid not in [application.sid for application in info.data["applications"]]:
            raise ValueError(f"wanted an application that the scenario lists under applications, not {sid}")
        return inbound

    def to_scenario(self, name: str) -> Scenario:
        return Scenario(
            name=name,
            about=self.about,
            numbers=self.numbers,
            rules=tuple(rule.to_rule(number) for number, rule in enumerate(self.rules, 1)),
            otherwise=self.defaults.to_outcome(),
            magic_numbers=self.magic_numbers,
            services=tuple(service.to_plan(self.numbers) for service in self.services),
            lookups=tuple(lookup.to_rule() for lookup in self.lookups),
            contents=tuple(content.to_content() for content in self.contents),
            applications=tuple(application.to_plan() for application in self.applications),
            limits=self.limits.to_limits(),
            number_settings=self.inbound.to_settings() if self.inbound else {},
            opt_outs=tuple(opt_out.to_pair() for opt_out in self.opt_outs),
            personas=tuple(persona.to_persona() for persona in self.personas),
        )
