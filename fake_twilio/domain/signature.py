"""How Twilio signs a webhook: base64(HMAC-SHA1(auth token, URL and parameters)).

Source: Twilio, "Webhooks security". The URL as configured, without fragment and userinfo; then each name in code-point
order with each of its distinct values, nothing between them.
"""

import hashlib
import hmac
from base64 import b64encode
from urllib.parse import quote, urlsplit

from fake_twilio.domain.form import Form

_SENDABLE = "".join(map(chr, range(0x21, 0x7F)))


def signed_url(configured: str) -> str:
    """Return the address that is requested and signed: as configured, without fragment and ``user:password@``.

    Only what cannot stand in a request line is percent-encoded, such as a space.
    """
    address = quote(configured.partition("#")[0], safe=_SENDABLE)
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address
    return address.replace(parts.netloc, parts.netloc.rpartition("@")[2], 1)


def signed_string(url: str, form: Form) -> str:
    """Return the text that is signed for *form*, posted to *url*."""
    return url + "".join(name + value for name, value in sorted(set(form)))


def sign(auth_token: str, text: str) -> str:
    """Return the value of ``X-Twilio-Signature``."""
    digest = hmac.new(auth_token.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
    return b64encode(digest).decode("ascii")
