"""What a scenario file may say about limits: the pace of senders, and requests at one time."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator

from fake_twilio.domain.rules.limits import Limits, SenderLimit
from fake_twilio.domain.rules.rates import QUEUE_SECONDS
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.patterns import Patterns
from fake_twilio.scenario_files.readers import above_zero, whole
from fake_twilio.scenario_files.values import Seconds

MAX_RATE = 10_000  # segments per second
_read_rate = above_zero(MAX_RATE, f"segments per second such as 0.5 or 30, above 0 and at most {MAX_RATE}")
_RATE = {"type": ["number", "string"]}  # what a fraction is in JSON differs from pydantic to pydantic
_read_concurrency = whole(1, 9_999, "how many requests at one time, from 1 to 9999")


def _read_senders(value: Any) -> Any:
    """Take ``true`` for Twilio's table without an exception, ``false`` for no table."""
    if value in ("true", "false"):
        return [] if value == "true" else None
    if not isinstance(value, list) or not value:
        raise ValueError("wanted true for Twilio's table, false, or a list of senders that differ from it")
    return value


class SenderPart(Part):
    """Senders that differ from Twilio's table: ``{from: "+1500*", rate: 30, queue: 1m}``."""

    senders: Patterns = Field(alias="from")
    rate: Annotated[Fraction, BeforeValidator(_read_rate), WithJsonSchema(_RATE)] | None = None
    queue: Seconds = QUEUE_SECONDS

    @field_validator("queue")
    @classmethod
    def _check_queue(cls, seconds: float) -> float:
        if not seconds:
            raise ValueError("wanted a queue of more than 0s: in none there is room for a message")
        return seconds

    def to_limit(self) -> SenderLimit:
        return SenderLimit(self.senders, self.rate, self.queue)


class LimitsPart(Part):
    """The limits of a world; what is not said is not limited."""

    senders: Annotated[
        tuple[SenderPart, ...] | None, BeforeValidator(_read_senders, json_schema_input_type=bool | list[SenderPart])
    ] = None
    concurrency: Annotated[int, BeforeValidator(_read_concurrency)] | None = None

    def to_limits(self) -> Limits:
        limits = tuple(part.to_limit() for part in self.senders or ())
        return Limits(paces_senders=self.senders is not None, senders=limits, concurrency=self.concurrency)
