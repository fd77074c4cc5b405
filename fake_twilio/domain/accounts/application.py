"""An application: addresses that numbers and messages share.

Source: Twilio, "REST API: Applications". What is not set is an empty text, as in a recorded answer. Inferred: wrong
settings are refused as those of a number are, and a name of more than 64 characters, a switch that is none and an
unknown version with 20001; an application without a name has an empty one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

from fake_twilio.domain.accounts.addresses import with_addresses
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form, first

URLS = ("SmsUrl", "SmsFallbackUrl", "MessageStatusCallback", "StatusCallback", "VoiceUrl", "VoiceFallbackUrl")
METHODS = ("SmsMethod", "SmsFallbackMethod", "StatusCallbackMethod", "VoiceMethod", "VoiceFallbackMethod")
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "VoiceCallerIdLookup": ("false", "true"),
        "PublicApplicationConnectEnabled": ("false", "true"),
        "ApiVersion": ("2010-04-01", "2008-08-01"),
    }
)
SETTINGS = (*URLS, *METHODS, *CHOICES)
OLD_CALLBACK = "SmsStatusCallback"  # Twilio: "Same as message_status_callback. Deprecated"
MAX_NAME_CHARACTERS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application; *settings* holds what was set, by the names of the parameters. Moments are since 1970."""

    sid: str
    account_sid: str
    friendly_name: str = ""
    created_at: float = 0.0
    updated_at: float = 0.0
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def status_callback(self) -> str | None:
        """Where the statuses of messages that name it are told."""
        return self.settings.get("MessageStatusCallback") or None

    def setting(self, name: str) -> str:
        """Return what was set; else ``POST`` for a method, the first of the choices, an empty text."""
        return self.settings.get(name) or _default(name)

    def changed(self, form: Form, at: float) -> Self:
        """Return the application with what is in *form*; raise Twilio's refusal 21402, 21406 or 20001."""
        name = first(form, "FriendlyName")
        if name is not None and len(name) > MAX_NAME_CHARACTERS:
            raise _unwanted("FriendlyName", f"at most {MAX_NAME_CHARACTERS} characters")
        settings = with_addresses(self.settings, _given(form), URLS, METHODS)
        return replace(
            self,
            friendly_name=self.friendly_name if name is None else name,
            settings=MappingProxyType(settings),
            updated_at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationPlan:
    """An application that a scenario lists."""

    sid: str
    friendly_name: str
    settings: Mapping[str, str]

    def to_application(self, account_sid: str, at: float) -> Application:
        return Application(
            sid=self.sid,
            account_sid=account_sid,
            friendly_name=self.friendly_name,
            created_at=at,
            updated_at=at,
            settings=self.settings,
        )


def _given(form: Form) -> dict[str, str]:
    """Return the settings in *form*; the old name of the callback counts where the new one is absent."""
    given = {name: value for name in SETTINGS if (value := first(form, name)) is not None}
    for name, choices in CHOICES.items():
        if given.get(name) and given[name].lower() not in choices:
            raise _unwanted(name, " or ".join(choices))
    old = first(form, OLD_CALLBACK)
    return given if old is None else {"MessageStatusCallback": old, **given}


def _default(name: str) -> str:
    if name in CHOICES:
        return CHOICES[name][0]
    return "POST" if name in METHODS else ""


def _unwanted(name: str, wanted: str) -> Refusal:
    return Refusal(20001, 400, f"{name} must be {wanted}")
