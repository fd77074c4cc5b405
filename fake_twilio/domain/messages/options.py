"""What a create form may ask for besides recipient, sender and text: checked, and kept as it was given.

Sources: Twilio's OpenAPI file, and its error dictionary of 2026. That 20001 refuses what has no code of its own is
inferred.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from fake_twilio.domain.twilio.errors import Refusal, refusal
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.values.numbers import is_sender
from fake_twilio.domain.values.sids import is_application_sid

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ContentRetention": ("retain", "discard"),
        "AddressRetention": ("retain", "obfuscate"),
        "TrafficType": ("free",),
        "RiskCheck": ("enable", "disable"),
    }
)
OPTIONS = frozenset(CHOICES) | {
    *("ContentSid", "ContentVariables", "SendAsMms", "ApplicationSid", "ProvideFeedback", "Attempt", "ForceDelivery"),
    *("PersistentAction", "ShortenUrls", "FallbackFrom", "MaxPrice", "MessageIntent"),
}

_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_PRICE = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.ASCII | re.IGNORECASE)


def read_options(form: Form, sender: str | None, service_sid: str | None) -> Form:
    """Return the options in *form* that have a value, in its order, or raise Twilio's refusal of the first bad one.

    *sender* and *service_sid* are those that *form* names: a fallback goes with a service that chooses.
    """
    given = tuple((name, value) for name, value in form if name in OPTIONS and value)
    for name, value in given:
        _check(name, value)
    _check_fallback(first(given, "FallbackFrom"), sender, service_sid)
    return given


def _check(name: str, value: str) -> None:
    if name in CHOICES and value not in CHOICES[name]:
        raise _unwanted(name, " or ".join(CHOICES[name]))
    if name == "Attempt" and not _WHOLE_NUMBER.fullmatch(value):
        raise _unwanted(name, "a whole number")
    if name == "ApplicationSid" and not is_application_sid(value):
        raise _unwanted(name, "the SID of an application: AP and 32 hexadecimal digits")
    if name == "MaxPrice" and not _PRICE.fullmatch(value):
        raise refusal(21627)


def _check_fallback(fallback: str | None, sender: str | None, service_sid: str | None) -> None:
    if fallback is None:
        return
    if not service_sid:
        raise refusal(21666)
    if sender:
        raise refusal(21664)
    if not is_sender(fallback):
        raise refusal(21665)


def _unwanted(name: str, wanted: str) -> Refusal:
    return Refusal(20001, 400, f"{name} must be {wanted}")
