"""What happens to which message: rules, of which the first that matches counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fake_twilio.domain.application import ApplicationPlan
from fake_twilio.domain.content import Content
from fake_twilio.domain.lifecycle import Status, may_follow
from fake_twilio.domain.limits import UNLIMITED, Limits
from fake_twilio.domain.lookup_facts import LookupRule
from fake_twilio.domain.magic import magic_code
from fake_twilio.domain.patterns import Pattern
from fake_twilio.domain.persona import Persona
from fake_twilio.domain.service import ServicePlan


@dataclass(frozen=True, slots=True)
class Step:
    """A status, the seconds after the one before it, and the error code it comes with."""

    status: Status
    after_seconds: float
    error_code: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The message is accepted and lives through these steps, from ``queued`` on."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        status = Status.QUEUED
        for step in self.steps:
            if not may_follow(status, step.status):
                raise ValueError(f"{step.status} may not follow {status}")
            status = step.status


@dataclass(frozen=True, slots=True)
class Refuse:
    """The message is refused with this code of Twilio's."""

    code: int


Outcome = Timeline | Refuse


@dataclass(frozen=True, slots=True)
class Envelope:
    """What rules look at."""

    to: str
    sender: str
    body: str


@dataclass(frozen=True, slots=True)
class When:
    """What a message must be like; each part holds if one of its patterns matches, an empty part always does."""

    to: tuple[Pattern, ...] = ()
    sender: tuple[Pattern, ...] = ()
    body: tuple[Pattern, ...] = ()

    def mismatches(self, envelope: Envelope) -> Iterator[str]:
        """Yield the name of each part that does not hold."""
        parts = (
            ("to", self.to, envelope.to),
            ("from", self.sender, envelope.sender),
            ("body", self.body, envelope.body),
        )
        for name, patterns, text in parts:
            if patterns and not any(pattern.matches(text) for pattern in patterns):
                yield name

    def matches(self, envelope: Envelope) -> bool:
        """Whether every part holds."""
        return next(self.mismatches(envelope), None) is None


@dataclass(frozen=True, slots=True)
class Rule:
    """When a message is like this, then that happens."""

    name: str
    when: When
    then: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A world: own numbers, services, content templates, limits, what happens to which message, what lookups tell."""

    name: str
    about: str
    numbers: tuple[str, ...]
    rules: tuple[Rule, ...]
    otherwise: Outcome
    magic_numbers: bool = False
    lookups: tuple[LookupRule, ...] = ()
    services: tuple[ServicePlan, ...] = ()
    contents: tuple[Content, ...] = ()
    applications: tuple[ApplicationPlan, ...] = ()
    limits: Limits = UNLIMITED
    number_settings: Mapping[str, str] = field(
        default_factory=dict
    )  # of its own numbers, by the names of Twilio's parameters
    opt_outs: tuple[tuple[str, str], ...] = ()  # pairs of recipient and sender
    personas: tuple[Persona, ...] = ()

    def refusal_code(self, to: str, sender: str | None) -> int | None:
        """Return what a message between these numbers is refused with before any rule is asked."""
        return magic_code(to, sender) if self.magic_numbers else None

    def rule_for(self, envelope: Envelope) -> Rule | None:
        """Return the first rule that matches."""
        return next((rule for rule in self.rules if rule.when.matches(envelope)), None)
