"""The bodies that the admin API takes, as they stand in its OpenAPI document."""

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from fake_twilio.delivery.replays import MAX_TIMES
from fake_twilio.domain.rules.dials import DIALS_BY_NAME

Duration = Annotated[str, Field(pattern=r"^[0-9]{1,9}(\.[0-9]{1,6})?(ms|s|m|h|d)$", examples=["36h", "1.5s"])]
MAX_TEXT = 1024 * 1024


class Body(BaseModel):
    """What is sent: keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=MAX_TEXT, defer_build=True)


class ResetBody(Body):
    """Begin anew, or forget some of the past.

    ``all`` begins a new world with the same scenario and kind of clock, at the same start if one was given; with the
    same seed it is the same again. ``history`` forgets messages and deliveries and keeps accounts,
    numbers, services and the time; ``account`` and ``number`` forget those of one account, or to and from one number.
    """

    scope: str = Field(default="all", pattern="^(all|history|account|number)$")
    account_sid: str | None = Field(default=None, pattern="^AC[0-9a-fA-F]{32}$")
    number: str | None = Field(default=None, min_length=1, max_length=32)
    seed: int | None = Field(default=None, ge=0, lt=1 << 32)

    @model_validator(mode="after")
    def _check_scope(self) -> Self:
        if (self.scope == "account") != (self.account_sid is not None):
            raise ValueError("wanted account_sid with the scope account, and only there")
        if (self.scope == "number") != (self.number is not None):
            raise ValueError("wanted number with the scope number, and only there")
        if self.seed is not None and self.scope != "all":
            raise ValueError("wanted a seed with the scope all only")
        return self


class ScenarioBody(Body):
    """Another scenario decides from now on: the name of one, or the text of a file."""

    name: str | None = Field(default=None, pattern="^[a-z0-9][a-z0-9._-]{0,63}$")
    yaml: str | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.name is None) == (self.yaml is None):
            raise ValueError("wanted either a name or a yaml text")
        return self


class ClockBody(Body):
    """One of: move a manual clock by a span (``advance``), to a moment (``to``), or from due event to due event until
    none is left within a span (``settle``); let another clock stand still or go on (``is_frozen``), or a real one pass
    so many times as fast (``speed``).
    """

    advance: Duration | None = None
    to: AwareDatetime | None = None
    settle: Duration | None = None
    is_frozen: bool | None = None
    speed: float | None = Field(default=None, gt=0, le=1_000_000)

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"wanted one of {', '.join(type(self).model_fields)}")
        return self


class ReplayBody(Body):
    """How a webhook is brought once more.

    Its signature as it was, wrong, or left out; how many times in a row; and after which span of the run's time.
    """

    signature: Literal["same", "wrong", "none"] = "same"
    times: int = Field(default=1, ge=1, le=MAX_TIMES)
    after: Duration = "0s"


class ReceiveBody(Body):
    """Somebody sends a message to a number of the fake."""

    sender: str = Field(min_length=1, max_length=64)
    recipient: str = Field(min_length=1, max_length=64)
    body: str = Field(default="", max_length=1600)
    media_urls: tuple[str, ...] = Field(default=(), max_length=10)


class OptOutBody(Body):
    """A recipient hears nothing more from a number, or from a service by its SID; or hears from it again."""

    recipient: str = Field(min_length=1, max_length=64)
    sender: str = Field(min_length=1, max_length=64)
    is_out: bool = True


class FaultBody(Body):
    """A ``fault`` strikes a ``share`` of what it is about, from 0 (off) to 1; or all faults are turned off."""

    fault: str | None = Field(default=None, json_schema_extra={"enum": [*DIALS_BY_NAME, None]})
    share: float | None = Field(default=None, ge=0, le=1, allow_inf_nan=False, strict=True, examples=[0.2])
    all_off: Literal[True] | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.fault is None) != (self.share is None) or (self.fault is None) != (self.all_off is True):
            raise ValueError("wanted a fault and its share, or all_off")
        return self
