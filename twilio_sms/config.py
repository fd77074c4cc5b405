"""Every setting of a client, frozen, each with the reason for its default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from twilio_sms.errors import ValidationError
from twilio_sms.transport.wire import Timeouts

# Twilio, "Using the Twilio REST API in a non-US region": since 2026-04-28 a region needs its edge in the host name.
_HOME_REGION = "us1"

_GROUPS = (("account_sid",), ("auth_token", "api_key", "api_secret", "credentials"), ("base_url", "edge", "region"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How a client behaves; the defaults are safe for production."""

    timeouts: Timeouts = field(default_factory=Timeouts)
    connections: int = 32  # kept open for reuse; more threads than this only open some anew
    max_answer_bytes: int = 1 << 25  # a page of 1,000 messages of 1,600 escaped emoji has 20 MB

    def __post_init__(self) -> None:
        for name in ("connections", "max_answer_bytes"):
            number = getattr(self, name)
            if not isinstance(number, int) or isinstance(number, bool) or number < 1:
                raise ValidationError(f"{name} must be a whole number from 1 on, is {number!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says about an account; empty variables count as absent."""

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
        return cls(**{name: environ.get(f"TWILIO_{name.upper()}") or None for name in cls.__slots__})

    def completing(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return *options* with what they leave open; one option settles its whole group."""
        settled = {name for group in _GROUPS for name in group if set(group) & set(options)}
        found = {name: getattr(self, name) for name in self.__slots__ if name not in settled}
        return {**found, **options}


def api_url(base_url: str | None, edge: str | None, region: str | None) -> str:
    """Return where the API is: *base_url* as it stands, or Twilio's host for the edge and region."""
    if base_url:
        if edge or region:
            raise ValidationError("give base_url, or edge and region, not both")
        _check_base_url(base_url)
        return base_url.rstrip("/")
    for name, label in (("edge", edge), ("region", region)):
        if label and not (label.isascii() and label.replace("-", "").isalnum()):
            raise ValidationError(f"{name} must be a name such as dublin or ie1")
    if region and region != _HOME_REGION and not edge:
        raise ValidationError(f"region {region} needs an edge: such as edge='dublin' for region='ie1'")
    labels = ["api", edge, region or (_HOME_REGION if edge else None), "twilio.com"]
    return "https://" + ".".join(label for label in labels if label)


def _check_base_url(base_url: str) -> None:
    """Refuse what cannot stand before a path; secrets have no place in an address, since addresses are shown."""
    try:
        parts = urlsplit(base_url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or "?" in base_url or "#" in base_url or "@" in base_url:
        raise ValidationError(
            "base_url must be http:// or https://, a host and perhaps a port and a path, nothing else"
        )
