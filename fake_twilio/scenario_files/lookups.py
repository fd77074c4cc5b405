"""What a scenario file may say about numbers that are looked up."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from fake_twilio.domain.twilio.lookup import CARRIED, LineType
from fake_twilio.domain.twilio.lookup_facts import LookupFacts, LookupRule
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.patterns import Patterns
from fake_twilio.scenario_files.readers import like, text, whole
from fake_twilio.scenario_files.values import Switch


def _word(*choices: str) -> BeforeValidator:
    read = text(choices.__contains__, f"one of {', '.join(choices)}")
    return BeforeValidator(read, json_schema_input_type=Literal.__getitem__(choices))


def _like(pattern: str, wanted: str) -> BeforeValidator:
    return BeforeValidator(like(pattern, wanted))


def _read_moment(value: Any) -> str:
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError):
        raise ValueError("wanted a moment in UTC such as 2020-04-27T10:18:50Z") from None


def _after(then: Callable[[str], Any]) -> BeforeValidator:
    """Turn what the reader to the right of this one let through into its meaning."""

    def read(value: str) -> Any:  # pydantic wants to know how many arguments there are, and a class may not tell
        return then(value)

    return BeforeValidator(read)


Kind = Annotated[LineType, _after(LineType), _word(*LineType)]
Score = Annotated[int, BeforeValidator(whole(0, 100, "a score from 0 to 100"))]
Error = Annotated[int, _after(int), _word("60600", "60601")]
CountryDigits = Annotated[str, _like("[0-9]{3}", "the three digits of a mobile country code, such as 310")]
NetworkDigits = Annotated[str, _like("[0-9]{2,3}", "the two or three digits of a mobile network code, such as 260")]
Moment = Annotated[str, BeforeValidator(_read_moment)]
Period = Annotated[str, _like("PT[0-9]{1,4}H", "hours as an ISO 8601 duration, such as PT24H")]
CallerType = Annotated[str, _word("CONSUMER", "BUSINESS", "UNDETERMINED")]
LineStatus = Annotated[str, _word("active", "inactive", "reachable", "unreachable", "unknown")]
Match = Annotated[str, _word("exact_match", "high_partial_match", "partial_match", "no_match", "no_data_available")]
Reassigned = Annotated[str, _word("yes", "no", "no_data_available")]
Risk = Annotated[str, _word("low", "mild", "moderate", "high")]


class LookupPart(Part):
    """What lookups tell about some numbers, which count as valid unless the entry says otherwise."""

    number: Patterns
    valid: Switch = True
    line_type: Kind | None = Field(default=None, alias="type")
    carrier: str | None = None
    mcc: CountryDigits | None = None
    mnc: NetworkDigits | None = None
    caller_name: str | None = None
    caller_type: CallerType = "UNDETERMINED"
    sim_swapped: Switch = False
    sim_swap_date: Moment | None = None
    sim_swap_period: Period = "PT24H"
    call_forwarding: Switch = False
    line_status: LineStatus = "active"
    identity_match: Match = "no_data_available"
    identity_score: Score | None = None
    reassigned: Reassigned = "no"
    sms_pumping_risk_score: Score = 0
    carrier_risk: Risk = "low"
    number_blocked: Switch = False
    error: Error | None = None

    @model_validator(mode="after")
    def _check_carrier(self) -> Self:
        if any((self.carrier, self.mcc, self.mnc)) and self.line_type not in CARRIED:
            kinds = ", ".join(kind for kind in LineType if kind in CARRIED)
            raise ValueError(f"wanted a type that has a carrier: {kinds}")
        return self

    def to_rule(self) -> LookupRule:
        return LookupRule(self.number, LookupFacts(**self.model_dump(exclude={"number"})))
