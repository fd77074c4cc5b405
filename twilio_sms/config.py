"""Every setting of a client, frozen, each with the reason for its default."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from twilio_sms.errors import ValidationError
from twilio_sms.transport.wire import Timeouts

# Twilio, "Using the Twilio REST API in a non-US region": since 2026-04-28 a region needs its edge in the host name.
_HOME_REGION = "us1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How a client behaves; the defaults are safe for production."""

    timeouts: Timeouts = field(default_factory=Timeouts)
    connections: int = 32  # kept open for reuse; more threads than this only open some anew
    max_answer_bytes: int = 1 << 20  # a page of 1,000 messages has about 0.8 MB

    def __post_init__(self) -> None:
        for name in ("connections", "max_answer_bytes"):
            if getattr(self, name) < 1:
                raise ValidationError(f"{name} must be at least 1, is {getattr(self, name)}")


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


def api_url(base_url: str | None, edge: str | None, region: str | None) -> str:
    """Return where the API is: *base_url* as it stands, or Twilio's host for the edge and region."""
    if base_url:
        if edge or region:
            raise ValidationError("give base_url, or edge and region, not both")
        if not base_url.startswith(("http://", "https://")):
            raise ValidationError("base_url must begin with http:// or https://")
        return base_url.rstrip("/")
    for name, label in (("edge", edge), ("region", region)):
        if label and not label.replace("-", "").isalnum():
            raise ValidationError(f"{name} must be a name such as dublin or ie1")
    if region and region != _HOME_REGION and not edge:
        raise ValidationError(f"region {region} needs an edge: such as edge='dublin' for region='ie1'")
    labels = ["api", edge, region or (_HOME_REGION if edge else None), "twilio.com"]
    return "https://" + ".".join(label for label in labels if label)
