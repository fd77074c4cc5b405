"""What a scenario file may say about applications."""

from collections import Counter
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from fake_twilio.domain.application import ApplicationPlan
from fake_twilio.domain.sids import is_application_sid
from fake_twilio.scenario_files.values import Address, Method, Part


def _read_sid(text: Any) -> str:
    if not isinstance(text, str) or not is_application_sid(text):
        raise ValueError("wanted the SID of an application: AP and 32 hexadecimal digits")
    return text


ApplicationSid = Annotated[str, BeforeValidator(_read_sid)]


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
    for sid, times in Counter(part.sid for part in parts).items():
        if times > 1:
            raise ValueError(f"wanted each application once, not {sid} {times} times")
    return parts
