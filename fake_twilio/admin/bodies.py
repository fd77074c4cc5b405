"""The bodies that the admin API takes, as they stand in its OpenAPI document."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Duration = Annotated[str, Field(pattern=r"^[0-9]{1,9}(\.[0-9]{1,6})?(ms|s|m|h|d)$", examples=["36h", "1.5s"])]
MAX_TEXT = 1024 * 1024


class Body(BaseModel):
    """What is sent: keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=MAX_TEXT)


class ResetBody(Body):
    """Begin anew, or forget some of the past.

    ``all`` begins a new world with the same scenario. ``history`` forgets messages and deliveries and keeps accounts,
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
    """Move a manual clock: by a span, or from due event to due event until none is left within a span."""

    advance: Duration | None = None
    settle: Duration | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.advance is None) == (self.settle is None):
            raise ValueError("wanted either advance or settle")
        return self
