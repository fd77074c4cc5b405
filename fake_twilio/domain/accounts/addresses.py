"""Settings that are addresses of a customer, each with the method by which it is asked.

Source: Twilio's error dictionary, 21402 and 21406. That 20001 refuses a wrong method is inferred.
"""

from collections.abc import Mapping, Sequence

from fake_twilio.domain.twilio.errors import Refusal, refusal
from fake_twilio.domain.values.hosts import is_web_address


def with_addresses(
    settings: Mapping[str, str], given: Mapping[str, str], urls: Sequence[str], methods: Sequence[str]
) -> dict[str, str]:
    """Return *settings* with what is *given*; raise Twilio's refusal 21402, 21406 or 20001."""
    for name in urls:
        if given.get(name) and not is_web_address(given[name]):
            raise refusal(21402)
    for name in methods:
        if given.get(name, "POST") not in ("GET", "POST"):
            raise Refusal(20001, 400, f"{name} must be GET or POST")
    changed = {**settings, **given}
    if changed.get("SmsFallbackUrl") and not changed.get("SmsUrl"):
        raise refusal(21406)
    return changed
