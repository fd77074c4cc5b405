"""What may be done to a callback before it leaves: signed wrongly, or with more or fewer parameters than usual."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from fake_twilio.delivery.webhook import Webhook
from fake_twilio.domain.fate.chaos import Mischief
from fake_twilio.domain.twilio.form import Form

# Twilio, "Track Outbound Message Status": parameters may be added without notice.
EXTRA: Form = (("RatingHint", "3"), ("SmsPriority", ""), ("X-Note", "added \u2713"))
OPTIONAL = frozenset({"SmsSid", "SmsStatus", "ApiVersion", "RawDlrDoneDate", "MessagingServiceSid"})


def badly_signed(webhook: Webhook) -> Webhook:
    """Return *webhook* with a signature that is not that of its content."""
    first = "B" if webhook.signature.startswith("A") else "A"
    return replace(webhook, signature=first + webhook.signature[1:], sign=None, is_forged=True)


def extended(webhook: Webhook) -> Webhook:
    """Return *webhook* with parameters that nobody has seen before."""
    return replace(webhook, form=webhook.form + EXTRA).signed_anew()


def reduced(webhook: Webhook) -> Webhook:
    """Return *webhook* without the parameters that Twilio does not always send."""
    form = tuple(pair for pair in webhook.form if pair[0] not in OPTIONAL)
    return replace(webhook, form=form).signed_anew()


ALTERATIONS: Mapping[Mischief, Callable[[Webhook], Webhook]] = MappingProxyType(
    {
        Mischief.EXTRA_PARAMETERS: extended,
        Mischief.MISSING_OPTIONAL: reduced,
        Mischief.BAD_SIGNATURE: badly_signed,  # the last one, so that nothing signs it anew
    }
)
