"""A number that an account owns, and what its owner set for it.

Source: Twilio, IncomingPhoneNumber resource: addresses that are not set are empty texts, not null.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from fake_twilio.domain.accounts.addresses import with_addresses
from fake_twilio.domain.twilio.form import Form, first

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
        return replace(self, settings=with_addresses(self.settings, given, URLS, METHODS), updated_at=at)
