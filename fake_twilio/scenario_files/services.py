"""What a scenario file may say about messaging services."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator

from fake_twilio.domain.service import VALIDITY_SECONDS, ServicePlan
from fake_twilio.domain.sids import is_service_sid
from fake_twilio.scenario_files.values import Address, Method, Part, Seconds, Switch


def _read_sid(text: Any) -> str:
    if not isinstance(text, str) or not is_service_sid(text):
        raise ValueError("wanted the SID of a messaging service: MG and 32 hexadecimal digits")
    return text


Sid = Annotated[str, BeforeValidator(_read_sid)]


class ServicePart(Part):
    """A service; without ``numbers``, all of the scenario's are in its pool."""

    sid: Sid
    name: str = "messaging service"
    numbers: tuple[str, ...] | None = None
    inbound_url: Address | None = Field(default=None, serialization_alias="InboundRequestUrl")
    inbound_method: Method = Field(default="POST", serialization_alias="InboundMethod")
    fallback_url: Address | None = Field(default=None, serialization_alias="FallbackUrl")
    fallback_method: Method = Field(default="POST", serialization_alias="FallbackMethod")
    inbound_on_number: Switch = Field(default=False, serialization_alias="UseInboundWebhookOnNumber")
    advanced_opt_out: Switch = False
    status_callback: Address | None = Field(default=None, serialization_alias="StatusCallback")
    validity: Seconds = Field(default=VALIDITY_SECONDS[-1], serialization_alias="ValidityPeriod")
    sticky_sender: Switch = Field(default=True, serialization_alias="StickySender")
    smart_encoding: Switch = Field(default=True, serialization_alias="SmartEncoding")
    area_code_geomatch: Switch = Field(default=True, serialization_alias="AreaCodeGeomatch")

    @field_validator("validity")
    @classmethod
    def _check_validity(cls, seconds: float) -> int:
        if seconds not in VALIDITY_SECONDS:
            raise ValueError("wanted whole seconds, from 1s to 10h")
        return int(seconds)

    def to_plan(self, numbers: tuple[str, ...]) -> ServicePlan:
        """Return the service of a scenario with these *numbers*."""
        settings = self.model_dump(by_alias=True, exclude={"sid", "name", "numbers", "advanced_opt_out"})
        pool = numbers if self.numbers is None else self.numbers
        return ServicePlan(
            sid=self.sid,
            friendly_name=self.name,
            senders=pool,
            settings=settings,
            has_advanced_opt_out=self.advanced_opt_out,
        )


def check_services(services: Sequence[ServicePart], numbers: tuple[str, ...]) -> None:
    """Raise `ValueError` if two services share a SID or a number, or one has a number that is not the scenario's."""
    pools = [service.numbers if service.numbers is not None else numbers for service in services]
    sid = _first_twice(service.sid for service in services)
    if sid is not None:
        raise ValueError(f"wanted each service once, found {sid} twice")
    number = _first_twice(number for pool in pools for number in pool)
    if number is not None:
        raise ValueError(f"wanted each number in one service at most, found {number} in two: give each its numbers")
    foreign = next((n for pool in pools for n in pool if numbers and n not in numbers), None)
    if foreign is not None:
        raise ValueError(f"wanted numbers that the scenario lists under numbers, not {foreign}")


def _first_twice(things: Iterable[str]) -> str | None:
    return next((thing for thing, count in Counter(things).items() if count > 1), None)
