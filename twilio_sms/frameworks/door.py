"""How a framework's request comes to a handler, or does not.

What is signed is the raw body, so it is read before anything parses it, and never more of it than a webhook has. If it
cannot be read whole, the webhook is refused and the log says why: nothing is worked on that was not checked.
"""

import logging
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, TypeVar

from twilio_sms.webhooks.request import MAX_BODY_BYTES, WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse

METHODS = ("GET", "POST")  # Twilio uses no other for a webhook
PARSED_BEFORE = (
    "its body was read before the signature could be checked: let nothing touch the form of a webhook first, such as"
    " a check against CSRF, from which webhooks are to be excepted"
)
TOO_LONG = f"its body has more than {MAX_BODY_BYTES} bytes"
T = TypeVar("T")
_log = logging.getLogger("twilio_sms")


class Unreadable(Exception):  # noqa: N818 - it names what happened
    """The body of a request cannot be had; its text says why, and nothing of the request."""


def admit(read: Callable[[], WebhookRequest], take: Callable[[WebhookRequest], T]) -> T | WebhookResponse:
    """Return what *take* makes of the request that *read* returns; refuse one that cannot be read."""
    try:
        request = read()
    except Unreadable as reason:
        _log.warning("webhook refused with 403: %s", reason)
        return WebhookResponse(403)
    return take(request)


def check_length(content_length: int | None) -> None:
    """Raise `Unreadable` if more is announced than a webhook has, before any of it is read."""
    if content_length is not None and content_length > MAX_BODY_BYTES:
        raise Unreadable(TOO_LONG)


def with_body(environ: Mapping[str, Any], body: bytes, content_length: int | None) -> WebhookRequest:
    """Return the request of *environ* with the *body* that was read from it; raise `Unreadable` if some is missing."""
    if len(body) < (content_length or 0):
        raise Unreadable(PARSED_BEFORE)
    known = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    return WebhookRequest.from_wsgi({**environ, **known})
