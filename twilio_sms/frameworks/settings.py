"""A client and a webhook handler, made of an application's settings.

They are made together, since they belong together: who said STOP to the handler gets nothing from the client at once,
and only the client can read when a START was sent.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from twilio_sms.client import Client
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.handler import WebhookHandler, WebhookOptions

# What says where the client finds Twilio, and as whom: `Client.from_env` reads the same of the environment.
_OF_THE_CLIENT = (
    "TWILIO_ACCOUNT_SID",
    "TWILIO_API_KEY",
    "TWILIO_API_SECRET",
    "TWILIO_BASE_URL",
    "TWILIO_EDGE",
    "TWILIO_REGION",
)
_OF_THE_HANDLER = (
    "TWILIO_AUTH_TOKEN",
    "TWILIO_OPT_OUTS",
    "TWILIO_PUBLIC_URL",
    "TWILIO_TRUSTED_PROXIES",
    "TWILIO_WEBHOOK_STORE",
)
SETTINGS = (*_OF_THE_CLIENT, *_OF_THE_HANDLER)  # all that are looked at


class Parts(NamedTuple):
    """What an application sends with, if its account is known, and what takes its webhooks."""

    client: Client | None
    handler: WebhookHandler

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> "Parts":
        """Make them of the ``TWILIO_*`` settings; others are not looked at, and an empty one counts as absent.

        ``TWILIO_AUTH_TOKEN`` is needed; it may be a list, while a token is rotated: the client uses the first, and
        webhooks may be signed with any. ``TWILIO_ACCOUNT_SID`` makes a client, which opens no connection before it
        sends. Raises `ValidationError` for what cannot work, and if there is no token: then anybody could sign.
        """
        tokens = tuple(_texts(settings, "TWILIO_AUTH_TOKEN"))
        if not tokens:
            raise ValidationError(
                "TWILIO_AUTH_TOKEN is missing: webhooks are checked with it, and without it nothing is taken"
            )
        options: WebhookOptions = {
            "public_url": _text(settings, "TWILIO_PUBLIC_URL"),
            "trusted_proxies": tuple(_texts(settings, "TWILIO_TRUSTED_PROXIES")),
            "store": _text(settings, "TWILIO_WEBHOOK_STORE"),
        }
        opt_outs = _text(settings, "TWILIO_OPT_OUTS")
        if not _text(settings, "TWILIO_ACCOUNT_SID"):
            options["opt_outs"] = opt_outs
            return cls(None, WebhookHandler(*tokens, **options))
        found = {name: _text(settings, name) or "" for name in _OF_THE_CLIENT}
        client = Client.from_env({**found, "TWILIO_AUTH_TOKEN": tokens[0]}, opt_outs=opt_outs)
        return cls(client, client.webhooks(*tokens, **options))


def _text(settings: Mapping[str, object], name: str) -> str | None:
    value = settings.get(name)
    if value is None or isinstance(value, str):
        return value or None
    if hasattr(value, "__fspath__"):
        return str(value)
    raise ValidationError(f"{name} must be a text, is {type(value).__name__}")


def _texts(settings: Mapping[str, object], name: str) -> Iterator[str]:
    """Yield the texts of a setting: a list, or one text with commas between them."""
    value = settings.get(name) or ()
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValidationError(f"{name} must be a text or a list of texts, is {type(value).__name__}")
    yield from (part.strip() for part in parts if part.strip())
