"""A world: what happens to which message; of its rules the first that matches counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from fake_twilio.domain.accounts.account_plan import AccountPlan
from fake_twilio.domain.accounts.application import ApplicationPlan
from fake_twilio.domain.accounts.service import ServicePlan
from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.fate.outcome import Choice
from fake_twilio.domain.messages.content import Content
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.limits import UNLIMITED, Limits
from fake_twilio.domain.rules.magic import magic_code
from fake_twilio.domain.rules.persona import Persona
from fake_twilio.domain.rules.rule_index import RuleIndex
from fake_twilio.domain.twilio.lookup_facts import LookupRule


class Asks(StrEnum):
    """What a rule looks at."""

    CREATE = "create"  # the messages that are to be made
    READ = "read"  # requests that only read
    ANY = "any"  # every request to the API, before it is known who asks


@dataclass(frozen=True, slots=True)
class Rule:
    """When a message, or a request, is like this, then that happens."""

    name: str
    when: When
    then: Choice
    request: Asks = Asks.CREATE

    @property
    def acts_unread(self) -> bool:
        """Whether it breaks a connection before the request is read."""
        faults = [outcome.fault for _, outcome in self.then.options]
        return any(fault is not None and fault.kind is Break.RESET_BEFORE_READING for fault in faults)


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A world: own numbers, services, content templates, limits, what happens to which message, what lookups tell."""

    name: str
    about: str
    numbers: tuple[str, ...]
    rules: tuple[Rule, ...]
    otherwise: Choice
    magic_numbers: bool = False
    lookups: tuple[LookupRule, ...] = ()
    services: tuple[ServicePlan, ...] = ()
    contents: tuple[Content, ...] = ()
    applications: tuple[ApplicationPlan, ...] = ()
    accounts: tuple[AccountPlan, ...] = ()
    limits: Limits = UNLIMITED
    number_settings: Mapping[str, str] = field(
        default_factory=dict
    )  # of its own numbers, by the names of Twilio's parameters
    opt_outs: tuple[tuple[str, str], ...] = ()  # pairs of recipient and sender
    personas: tuple[Persona, ...] = ()

    @cached_property
    def message_rules(self) -> tuple[Rule, ...]:
        """The rules about messages, in their order."""
        return tuple(rule for rule in self.rules if rule.request is Asks.CREATE and not rule.acts_unread)

    @cached_property
    def request_rules(self) -> tuple[Rule, ...]:
        """The rules about requests that have been read, in their order."""
        return tuple(rule for rule in self.rules if rule.request is not Asks.CREATE and not rule.acts_unread)

    @cached_property
    def unread_rules(self) -> tuple[Rule, ...]:
        """The rules about requests of which nothing has been read, in their order."""
        return tuple(rule for rule in self.rules if rule.acts_unread)

    def refusal_code(self, to: str, sender: str | None) -> int | None:
        """Return what a message between these numbers is refused with before any rule is asked."""
        return magic_code(to, sender) if self.magic_numbers else None

    def rules_for(self, envelope: Envelope) -> Iterator[Rule]:
        """Yield the rules that match a message, in their order; the first whose turn it is takes it."""
        if not self.message_rules:
            return
        for place in self._index.places(envelope):
            rule = self.message_rules[place]
            if next(rule.when.other_mismatches(envelope), None) is None:
                yield rule

    @cached_property
    def _index(self) -> RuleIndex:
        return RuleIndex([rule.when for rule in self.message_rules])
