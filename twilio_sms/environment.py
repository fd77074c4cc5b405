"""The `TWILIO_*` variables of the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_GROUPS = (("account_sid",), ("auth_token", "api_key", "api_secret", "credentials"), ("base_url", "edge", "region"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says about an account; blank variables count as absent, and outer white space not at all."""

    account_sid: str | None
    auth_token: str | None = field(repr=False)
    api_key: str | None
    api_secret: str | None = field(repr=False)
    base_url: str | None
    edge: str | None
    region: str | None

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the ``TWILIO_*`` variables of *environ*."""
        return cls(**{name: environ.get(f"TWILIO_{name.upper()}", "").strip() or None for name in cls.__slots__})

    def completing(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return *options* with what they leave open; one option settles its whole group."""
        settled = {name for group in _GROUPS for name in group if set(group) & set(options)}
        found = {name: getattr(self, name) for name in self.__slots__ if name not in settled}
        return {**found, **options}
