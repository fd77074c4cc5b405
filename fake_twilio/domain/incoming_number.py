"""A number that an account owns, and what its owner set for it.

Source: Twilio, IncomingPhoneNumber resource: addresses that are not set are empty texts, not null.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from fake_twilio.domain.errors import Refusal, refusal
from fake_twilio.domain.form import Form, first
from fake_twilio.domain.hosts import is_web_address

URLS = ("SmsUrl", "SmsFallbackUrl", "StatusCallback", "VoiceUrl", "VoiceFallbackUrl")
METHODS = ("SmsMethod", "SmsFallbackMethod", "StatusCallbackMethod", "VoiceMethod", "VoiceFallbackMethod")
SIDS = ("SmsApplicationSid", "VoiceApplicationSid", "TrunkSid", "AddressSid", "IdentitySid", "BundleSid")
TEXTS = ("FriendlyName", "VoiceCallerIdLookup", "VoiceReceiveMode", "EmergencyStatus", "EmergencyAddressSid")
SETTINGS = (*URLS, *METHODS, *SIDS, *TEXTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingNumber:
    """A number in E.164 form; *settings* holds what was set, by the names of the parameters."""

    sid: str
    account_sid: str
    phone_number: str
    created_at: float
    updated_at: float
    settings: Mapping[str, str] = field(default_factory=dict)

    def setting(self, name: str) -> str:
        """Return what was set, an empty text if nothing was."""
        return self.settings.get(name, "")

    def changed(self, form: Form, at: float) -> Self:
        """Return the number with the settings in *form*; raise Twilio's refusal 21402, 21406 or 20001."""
        given = {name: value for name in SETTINGS if (value := first(form, name)) is not None}
        _check(given)
        settings = {**self.settings, **given}
        if settings.get("SmsFallbackUrl") and not settings.get("SmsUrl"):
            raise refusal(21406)
        return replace(self, settings=settings, updated_at=at)


def _check(given: Mapping[str, str]) -> None:
    for name in URLS:
        if given.get(name) and not is_web_address(given[name]):
            raise refusal(21402)
    for name in METHODS:
        if given.get(name, "POST") not in ("GET", "POST"):
            raise Refusal(20001, 400, f"{name} must be GET or POST")
