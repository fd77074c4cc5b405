"""What may stand in a scenario file, and what it means."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.rules.scenario import Asks, Rule, Scenario
from fake_twilio.domain.values.numbers import is_sender
from fake_twilio.scenario_files.accounts import AccountPart, check_accounts
from fake_twilio.scenario_files.applications import ApplicationPart, check_applications
from fake_twilio.scenario_files.conditions import WhenPart
from fake_twilio.scenario_files.contents import ContentPart, check_contents
from fake_twilio.scenario_files.limits import LimitsPart
from fake_twilio.scenario_files.lookups import LookupPart
from fake_twilio.scenario_files.outcomes import ThenPart
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.people import InboundPart, OptOutPart, PersonaPart
from fake_twilio.scenario_files.services import ServicePart, check_services
from fake_twilio.scenario_files.values import Seconds, Switch


class RulePart(Part):
    """When a message is like this, then that happens; with ``request: any`` or ``read`` it is about every request."""

    name: str | None = None
    request: Asks | None = None
    when: WhenPart = WhenPart()
    then: ThenPart

    @model_validator(mode="after")
    def _check_request(self) -> Self:
        if self._acts_unread or self.request in (Asks.ANY, Asks.READ):
            self._check_open()
        return self

    def to_rule(self, number: int, since: float = 0.0, until: float = math.inf) -> Rule:
        """Return the rule, which is named by its *number* if it has no name, and holds between two moments."""
        request = Asks.ANY if self._acts_unread else self.request or Asks.CREATE
        name = self.name or f"rule {number}"
        return Rule(name, self.when.to_when(since, until), self.then.to_choice(), request)

    @property
    def _acts_unread(self) -> bool:
        return any(part.breaks_unread for part in self.then.parts())

    def _check_open(self) -> None:
        """Refuse what can only be known, or done, once a message has been read."""
        what = Break.RESET_BEFORE_READING if self._acts_unread else f"request: {self.request}"
        asked = [*self.when.to_when().asked(), *(["per"] if self.when.per else [])]
        if asked:
            raise ValueError(
                f"{what} is decided before a message is read, so `when` may have nth, first, every, probability "
                f"and between, not {', '.join(asked)}"
            )
        if self._acts_unread and not all(part.breaks_unread for part in self.then.parts()):
            raise ValueError(f"wanted {what} alone, without another outcome; probability says how often it happens")
        for part in self.then.parts():
            if part.timeline is not None or part.callbacks or part.reply or (part.fault and part.fault.commit):
                raise ValueError(f"{what} may be refused or meet a fault; no message comes of it")


class PhasePart(Part):
    """Rules for a while: ``{name: outage, from: 10s, until: 40s, rules: […]}``, in the scenario's time."""

    name: str
    since: Seconds = Field(default=0.0, alias="from")
    until: Seconds | None = None
    rules: Annotated[tuple[RulePart, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check_times(self) -> Self:
        if self.until is not None and self.until <= self.since:
            raise ValueError("wanted an end of the phase that is later than its beginning")
        return self

    def to_rules(self) -> Iterator[Rule]:
        """Yield the rules, each with the phase in its name."""
        until = math.inf if self.until is None else self.until
        for number, part in enumerate(self.rules, 1):
            rule = part.to_rule(number, self.since, until)
            yield replace(
                rule, name=self.name if part.name is None and len(self.rules) == 1 else f"{self.name}: {rule.name}"
            )


class ScenarioPart(Part):
    """A whole file."""

    about: str
    numbers: tuple[str, ...] = ()
    magic_numbers: Switch = False
    services: tuple[ServicePart, ...] = ()
    lookups: tuple[LookupPart, ...] = ()
    contents: Annotated[tuple[ContentPart, ...], AfterValidator(check_contents)] = ()
    applications: Annotated[tuple[ApplicationPart, ...], AfterValidator(check_applications)] = ()
    accounts: Annotated[tuple[AccountPart, ...], AfterValidator(check_accounts)] = ()
    limits: LimitsPart = LimitsPart()
    inbound: InboundPart | None = None
    opt_outs: tuple[OptOutPart, ...] = ()
    personas: tuple[PersonaPart, ...] = ()
    phases: tuple[PhasePart, ...] = ()
    rules: tuple[RulePart, ...] = ()
    defaults: ThenPart

    @field_validator("defaults")
    @classmethod
    def _check_defaults(cls, defaults: ThenPart) -> ThenPart:
        if any(part.leaves_open for part in defaults.parts()):
            raise ValueError(
                "wanted a timeline, else messages stay queued for ever; if that is meant, write timeline: [] "
                "(defaults of included files do not count beside these)"
            )
        return defaults

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

    def _all_rules(self) -> Iterator[Rule]:
        """Yield the rules in their order; of several with one name each gets its own, since chance goes by names."""
        seen: Counter[str] = Counter()
        for rule in self._rules_in_order():
            seen[rule.name] += 1
            yield rule if seen[rule.name] == 1 else replace(rule, name=f"{rule.name} ({seen[rule.name]})")

    def _rules_in_order(self) -> Iterator[Rule]:
        """Yield the rules of the phases, then the others: what is so for a while goes before what is always so."""
        for phase in self.phases:
            yield from phase.to_rules()
        for number, rule in enumerate(self.rules, 1):
            yield rule.to_rule(number)

    def to_scenario(self, name: str) -> Scenario:
        return Scenario(
            name=name,
            about=self.about,
            numbers=self.numbers,
            rules=tuple(self._all_rules()),
            otherwise=self.defaults.to_choice(),
            magic_numbers=self.magic_numbers,
            services=tuple(service.to_plan(self.numbers) for service in self.services),
            lookups=tuple(lookup.to_rule() for lookup in self.lookups),
            contents=tuple(content.to_content() for content in self.contents),
            applications=tuple(application.to_plan() for application in self.applications),
            accounts=tuple(account.to_plan() for account in self.accounts),
            limits=self.limits.to_limits(),
            number_settings=self.inbound.to_settings() if self.inbound else {},
            opt_outs=tuple(opt_out.to_pair() for opt_out in self.opt_outs),
            personas=tuple(persona.to_persona() for persona in self.personas),
        )
