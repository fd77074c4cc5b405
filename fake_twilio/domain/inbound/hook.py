"""Where a message that somebody sent is told: the addresses of its service, of its number, or of an application.

Source: Twilio's OpenAPI file of messaging.twilio.com, "inbound_request_url" and "use_inbound_webhook_on_number"; that
of the 2010 API: "If an `sms_application_sid` is present, we ignore all of the `sms_*_url` urls and use those set on the
application". Inferred: a number whose application is not there has its own addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fake_twilio.domain.accounts.application import Application
from fake_twilio.domain.accounts.service import Service


@dataclass(frozen=True, slots=True)
class Hook:
    """An address with its method, and the one that is asked if that fails."""

    url: str
    method: str = "POST"
    fallback_url: str | None = None
    fallback_method: str = "POST"


def uses_number(service: Service | None) -> bool:
    """Whether the number's own address counts: it is in no service, or in one that leaves it to its numbers."""
    return service is None or bool(service.settings["UseInboundWebhookOnNumber"])


def is_deaf(service: Service | None) -> bool:
    """Whether nothing is received: "When this property is null, receiving inbound messages is disabled"."""
    return service is not None and not uses_number(service) and not service.settings["InboundRequestUrl"]


def hook_of(service: Service | None, number: Mapping[str, str], application: Application | None = None) -> Hook | None:
    """Return where a message goes that came to a number with these settings; none if nothing is set.

    *application* is that of the number.
    """
    if service is None or uses_number(service):
        settings = number if application is None else application.settings
        return _hook(settings, "SmsUrl", "SmsMethod", "SmsFallbackUrl", "SmsFallbackMethod")
    return _hook(service.settings, "InboundRequestUrl", "InboundMethod", "FallbackUrl", "FallbackMethod")


def _hook(settings: Mapping[str, str] | Mapping[str, str | bool | int | None], *names: str) -> Hook | None:
    url, method, fallback_url, fallback_method = (settings.get(name) for name in names)
    if not url:
        return None
    return Hook(str(url), str(method or "POST"), str(fallback_url or "") or None, str(fallback_method or "POST"))
