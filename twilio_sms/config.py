"""Every setting of a client, frozen, each with the reason for its default."""

import logging
import re
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import urlsplit

from twilio_sms.domain.settings import check_counts, check_seconds, check_switches
from twilio_sms.errors import ValidationError
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.transport.wire import Timeouts

# Twilio, "Using the Twilio REST API in a non-US region": since 2026-04-28 a region needs its edge in the host name.
_HOME_REGION = "us1"

_ADDRESS = re.compile(r"""[!"$->A-~]+""", re.ASCII)  # printable, without ?, # and @: no query, no fragment, no password
Numbers = Literal["e164", "possible"]
_PARTS = {"timeouts": Timeouts, "retry": RetryPolicy, "breaker": BreakerPolicy, "rate_limits": RateLimits}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How a client behaves; the defaults are safe for production."""

    timeouts: Timeouts = field(default_factory=Timeouts)
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    breaker: BreakerPolicy = field(default_factory=BreakerPolicy)
    rate_limits: RateLimits = field(default_factory=RateLimits)
    opt_out_cache_seconds: float = 1.0  # how long an answer of the opt-out list is remembered; 0 asks it each time
    # How long what a lookup told is remembered; 0 asks, and pays, each time. A carrier or a kind of line changes within
    # months, so an hour saves what a program asks twice, and is gone before anybody would notice that it is old.
    lookup_cache_seconds: float = 3600.0
    numbers: Numbers = "e164"  # "possible" reads numbers as people write them, by the extra "phone"
    default_region: str | None = None  # such as "US": whose national form is read too; implies "possible"
    trace_callbacks: bool = False  # put the traceparent of the send on its status callback's address
    redaction_key: str | None = field(default=None, repr=False)  # of hashed numbers in logs; random for each process
    log_level: int = logging.INFO  # of the line about a call that went well; DEBUG shows numbers as hashes
    ca_bundle: str | None = None  # a file of certificates to trust in place of the usual ones: a proxy, a test
    connections: int = 32  # kept open for reuse; more threads than this only open some anew
    max_answer_bytes: int = 1 << 25  # a page of 1,000 messages of 1,600 escaped emoji has 20 MB

    def __post_init__(self) -> None:
        for name, kind in _PARTS.items():
            if not isinstance(getattr(self, name), kind):
                raise ValidationError(f"{name} must be {kind.__name__}(...), is {type(getattr(self, name)).__name__}")
        if self.numbers not in get_args(Numbers):
            raise ValidationError(f"numbers must be 'e164' or 'possible', is {self.numbers!r}")
        for name in ("default_region", "redaction_key", "ca_bundle"):
            _check_text(name, getattr(self, name))
        check_switches(self, "trace_callbacks")
        check_counts(self, "connections", "max_answer_bytes", "log_level")
        check_seconds(self, "opt_out_cache_seconds", "lookup_cache_seconds", may_be_zero=True)


def _check_text(name: str, text: object) -> None:
    if text is not None and not (isinstance(text, str) and text):
        raise ValidationError(f"{name} must be a text that is not empty")


def api_url(base_url: str | None, edge: str | None, region: str | None, product: str = "api") -> str:
    """Return where a *product*'s API is: *base_url* as it stands, or Twilio's host for the edge and region."""
    if base_url:
        if edge or region:
            raise ValidationError("give base_url, or edge and region, not both")
        _check_base_url(base_url)
        return base_url.rstrip("/")
    for name, label in (("edge", edge), ("region", region)):
        if label and not (isinstance(label, str) and label.isascii() and label.replace("-", "").isalnum()):
            raise ValidationError(f"{name} must be a name such as dublin or ie1")
    if region and region != _HOME_REGION and not edge:
        raise ValidationError(f"region {region} needs an edge: such as edge='dublin' for region='ie1'")
    labels = [product, edge, region or (_HOME_REGION if edge else None), "twilio.com"]
    return "https://" + ".".join(label for label in labels if label)


def _check_base_url(base_url: object) -> None:
    """Refuse what cannot stand before a path; secrets have no place in an address, since addresses are shown."""
    if not isinstance(base_url, str):
        raise ValidationError(f"base_url must be a text, is {type(base_url).__name__}")
    try:
        parts = urlsplit(base_url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or not _ADDRESS.fullmatch(base_url):
        raise ValidationError(
            "base_url (variable TWILIO_BASE_URL) must be http:// or https://, a host and perhaps a port and a path, "
            "nothing else: such as http://127.0.0.1:7670"
        )
    if parts.scheme == "http" and f".{parts.hostname}".endswith(".twilio.com"):
        raise ValidationError("base_url must be https:// at Twilio, or the credentials can be read on the way")
