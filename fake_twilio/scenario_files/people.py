"""What a scenario file may say about people who write: where their messages are told, who opted out, who answers."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from fake_twilio.domain.messages.creation import MAX_BODY_CHARACTERS
from fake_twilio.domain.rules.persona import Persona
from fake_twilio.domain.values.numbers import is_e164, is_sender
from fake_twilio.domain.values.sids import is_service_sid
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.patterns import Patterns
from fake_twilio.scenario_files.readers import whole
from fake_twilio.scenario_files.sids import ApplicationSid
from fake_twilio.scenario_files.values import Address, Method, Seconds

Count = Annotated[int, BeforeValidator(whole(0, 999_999, "a whole number, such as 3"))]


class InboundPart(Part):
    """Where messages to the scenario's numbers are told: ``{url: http://127.0.0.1:5000/sms, method: POST}``.

    Or which of its applications says where: ``{application: AP…}``.
    """

    url: Address | None = Field(default=None, serialization_alias="SmsUrl")
    application: ApplicationSid | None = Field(default=None, serialization_alias="SmsApplicationSid")
    method: Method = Field(default="POST", serialization_alias="SmsMethod")
    fallback_url: Address | None = Field(default=None, serialization_alias="SmsFallbackUrl")
    fallback_method: Method = Field(default="POST", serialization_alias="SmsFallbackMethod")

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.url is None) == (self.application is None):
            raise ValueError("wanted either a url or the SID of an application")
        if self.fallback_url and not self.url:
            raise ValueError("wanted no fallback_url beside an application, which has its own sms_fallback_url")
        return self

    def to_settings(self) -> Mapping[str, str]:
        """Return what is set for a number, by the names of Twilio's parameters."""
        return self.model_dump(by_alias=True, exclude_none=True)


class OptOutPart(Part):
    """Somebody who said STOP to a number, or to a service: ``{from: "+15551230000", to: "+15005550006"}``."""

    recipient: str = Field(alias="from")
    sender: str = Field(alias="to")

    @field_validator("recipient")
    @classmethod
    def _check_recipient(cls, number: str) -> str:
        if not is_e164(number):
            raise ValueError(f"wanted an E.164 number, not {number!r}")
        return number

    @field_validator("sender")
    @classmethod
    def _check_sender(cls, sender: str) -> str:
        if not (is_sender(sender) or is_service_sid(sender)):
            raise ValueError(f"wanted a number, a short code or the SID of a messaging service, not {sender!r}")
        return sender

    def to_pair(self) -> tuple[str, str]:
        return self.recipient, self.sender


class PersonaPart(Part):
    """Somebody who answers: ``{number: "+15551230000", on: "*confirm*", reply: "YES", after: 30s, stop_after: 3}``."""

    number: Patterns
    on: Patterns = ()
    reply: str
    after: Seconds = 0.0
    stop_after: Count | None = None

    @field_validator("reply")
    @classmethod
    def _check_reply(cls, reply: str) -> str:
        if not 0 < len(reply) <= MAX_BODY_CHARACTERS:
            raise ValueError(f"wanted a reply of 1 to {MAX_BODY_CHARACTERS} characters")
        return reply

    def to_persona(self) -> Persona:
        return Persona(
            numbers=self.number,
            on=self.on,
            reply=self.reply,
            after_seconds=self.after,
            stop_after=self.stop_after,
        )
