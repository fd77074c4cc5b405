"""A messaging service and what its owner set for it.

Source: Twilio's OpenAPI file of messaging.twilio.com. What a new service begins with is what Twilio's SDK shows of one
(inferred); so are the codes and texts with which a wrong setting is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.values.hosts import is_web_address

Setting = str | bool | int | None
VALIDITY_SECONDS = range(1, 36_001)
MAX_NAME_CHARACTERS = 64
MAX_POOL = 400  # numbers

DEFAULTS: Mapping[str, Setting] = MappingProxyType(
    {
        "InboundRequestUrl": None,
        "InboundMethod": "POST",
        "FallbackUrl": None,
        "FallbackMethod": "POST",
        "StatusCallback": None,
        "StickySender": True,
        "MmsConverter": True,
        "SmartEncoding": True,
        "ScanMessageContent": "inherit",
        "FallbackToLongCode": True,
        "AreaCodeGeomatch": True,
        "ValidityPeriod": VALIDITY_SECONDS[-1],
        "SynchronousValidation": False,
        "Usecase": "undeclared",
        "UseInboundWebhookOnNumber": False,
    }
)
_URLS = ("InboundRequestUrl", "FallbackUrl", "StatusCallback")
_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "InboundMethod": ("GET", "POST"),
        "FallbackMethod": ("GET", "POST"),
        "ScanMessageContent": ("inherit", "enable", "disable"),
        "Usecase": ("notifications", "marketing", "verification", "discussion", "poll", "undeclared"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A messaging service; *settings* holds all of `DEFAULTS`. Moments are seconds since 1970."""

    sid: str
    account_sid: str
    friendly_name: str = ""
    created_at: float = 0.0
    updated_at: float = 0.0
    settings: Mapping[str, Setting] = field(default_factory=lambda: DEFAULTS)
    has_advanced_opt_out: bool = False  # Twilio's Console says it, its API does not

    @property
    def status_callback(self) -> str | None:
        """Where it tells of its messages, if they do not say it themselves."""
        return str(self.settings["StatusCallback"]) if self.settings["StatusCallback"] else None

    @property
    def validity_seconds(self) -> int:
        """How long its messages may wait, if they do not say it themselves."""
        return int(self.settings["ValidityPeriod"] or 0)

    @property
    def is_smart(self) -> bool:
        """Whether it replaces what would force UCS-2, if its messages do not say it themselves."""
        return bool(self.settings["SmartEncoding"])

    @property
    def is_sticky(self) -> bool:
        """Whether a recipient always hears from the same sender."""
        return bool(self.settings["StickySender"])

    @property
    def matches_area(self) -> bool:
        """Whether a sender of the recipient's own area code is preferred."""
        return bool(self.settings["AreaCodeGeomatch"])

    def changed(self, form: Form, at: float) -> Self:
        """Return the service with what is in *form*, or raise Twilio's refusal (20001); what is absent stays."""
        name = first(form, "FriendlyName")
        if name is not None and len(name) > MAX_NAME_CHARACTERS:
            raise _wrong("FriendlyName", f"at most {MAX_NAME_CHARACTERS} characters")
        given = {key: _read(key, text) for key in DEFAULTS if (text := first(form, key)) is not None}
        return replace(
            self,
            friendly_name=name or self.friendly_name,
            settings=MappingProxyType({**self.settings, **given}),
            updated_at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan:
    """A service that a scenario lists, and the senders in its pool."""

    sid: str
    friendly_name: str
    senders: tuple[str, ...]
    settings: Mapping[str, Setting]
    has_advanced_opt_out: bool = False

    def to_service(self, account_sid: str, at: float) -> Service:
        return Service(
            sid=self.sid,
            account_sid=account_sid,
            friendly_name=self.friendly_name,
            created_at=at,
            updated_at=at,
            settings=MappingProxyType({**DEFAULTS, **self.settings}),
            has_advanced_opt_out=self.has_advanced_opt_out,
        )


def _read(name: str, text: str) -> Setting:
    """Return the value of a setting; an empty text takes it back to what a new service has."""
    if not text:
        return DEFAULTS[name]
    default = DEFAULTS[name]
    kind = type(default) if name not in _URLS else None
    return _READERS[kind](name, text)


def _read_address(name: str, text: str) -> str:
    if not is_web_address(text):
        raise _wrong(name, "an http or https URL")
    return text


def _read_choice(name: str, text: str) -> str:
    choices = _CHOICES[name]
    if text not in choices:
        raise _wrong(name, f"one of {', '.join(choices)}")
    return text


def _read_switch(name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise _wrong(name, "true or false")
    return text.lower() == "true"


def _read_seconds(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) in VALIDITY_SECONDS):
        raise _wrong(name, f"seconds from {VALIDITY_SECONDS[0]} to {VALIDITY_SECONDS[-1]}")
    return int(text)


_READERS: Mapping[type | None, Callable[[str, str], Setting]] = MappingProxyType(
    {None: _read_address, str: _read_choice, bool: _read_switch, int: _read_seconds}
)


def _wrong(name: str, wanted: str) -> Refusal:
    return Refusal(20001, 400, f"The {name} parameter must be {wanted}")
