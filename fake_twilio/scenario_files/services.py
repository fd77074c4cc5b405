"""What a scenario file may say about messaging services."""

from collections import Counter
from collections.abc import Sequence

from pydantic import Field, field_validator

from fake_twilio.domain.accounts.service import VALIDITY_SECONDS, ServicePlan
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.sids import ServiceSid, check_once
from fake_twilio.scenario_files.values import Address, Method, Seconds, Switch


class ServicePart(Part):
    """A service; without ``numbers``, all of the scenario's are in its pool."""

    sid: ServiceSid
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
    check_once("service", (service.sid for service in services))
    number = next((n for n, times in Counter(n for pool in pools for n in pool).items() if times > 1), None)
    if number is not None:
        raise ValueError(f"wanted each number in one service at most, found {number} in two: give each its numbers")
    foreign = next((n for pool in pools for n in pool if numbers and n not in numbers), None)
    if foreign is not None:
        raise ValueError(f"wanted numbers that the scenario lists under numbers, not {foreign}")
