"""What a scenario file may say about applications."""

from typing import Self

from pydantic import Field, model_validator

from fake_twilio.domain.accounts.application import ApplicationPlan
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.sids import ApplicationSid, check_once
from fake_twilio.scenario_files.values import Address, Method


class ApplicationPart(Part):
    """An application: ``{sid: AP…, sms_url: http://127.0.0.1:5000/sms, status_callback: …}``."""

    sid: ApplicationSid
    name: str = "application"
    sms_url: Address | None = Field(default=None, serialization_alias="SmsUrl")
    sms_method: Method = Field(default="POST", serialization_alias="SmsMethod")
    sms_fallback_url: Address | None = Field(default=None, serialization_alias="SmsFallbackUrl")
    sms_fallback_method: Method = Field(default="POST", serialization_alias="SmsFallbackMethod")
    status_callback: Address | None = Field(default=None, serialization_alias="MessageStatusCallback")

    @model_validator(mode="after")
    def _check_fallback(self) -> Self:
        if self.sms_fallback_url and not self.sms_url:
            raise ValueError("wanted an sms_url beside the sms_fallback_url: Twilio sets none without it (21406)")
        return self

    def to_plan(self) -> ApplicationPlan:
        settings = self.model_dump(by_alias=True, exclude={"sid", "name"}, exclude_none=True)
        return ApplicationPlan(sid=self.sid, friendly_name=self.name, settings=settings)


def check_applications(parts: tuple[ApplicationPart, ...]) -> tuple[ApplicationPart, ...]:
    """Return *parts*, or refuse them if two have the same SID."""
    check_once("application", (part.sid for part in parts))
    return parts
