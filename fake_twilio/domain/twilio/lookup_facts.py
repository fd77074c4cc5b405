"""What a world knows about numbers: the facts that the packages of a lookup tell."""

from dataclasses import dataclass

from fake_twilio.domain.twilio.lookup import LineType
from fake_twilio.domain.values.patterns import Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupFacts:
    """The facts about a number; the defaults are those of a number that no entry names: nothing is wrong with it.

    *valid* and *line_type* are ``None`` where the numbering plan decides. *sim_swap_date* is a moment such as
    ``2020-04-27T10:18:50Z``, *sim_swap_period* an ISO 8601 duration, and scores go from 0 to 100. *error* is a code
    that each package comes with instead of its facts.
    """

    valid: bool | None = None
    line_type: LineType | None = None
    carrier: str | None = None
    mcc: str | None = None
    mnc: str | None = None
    caller_name: str | None = None
    caller_type: str = "UNDETERMINED"
    sim_swapped: bool = False
    sim_swap_date: str | None = None
    sim_swap_period: str = "PT24H"
    call_forwarding: bool = False
    line_status: str = "active"
    identity_match: str = "no_data_available"
    identity_score: int | None = None
    reassigned: str = "no"
    sms_pumping_risk_score: int = 0
    carrier_risk: str = "low"
    number_blocked: bool = False
    error: int | None = None


@dataclass(frozen=True, slots=True)
class LookupRule:
    """The facts about the numbers, in E.164 form, that one of these patterns matches."""

    number: tuple[Pattern, ...]
    facts: LookupFacts

    def matches(self, number: str) -> bool:
        return any(pattern.matches(number) for pattern in self.number)


def facts_about(number: str, rules: tuple[LookupRule, ...]) -> LookupFacts:
    """Return the facts of the first rule that matches, else the defaults."""
    return next((rule.facts for rule in rules if rule.matches(number)), LookupFacts())
