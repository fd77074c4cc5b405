"""How Twilio signs a webhook: base64(HMAC-SHA1(auth token, URL and parameters)).

Source: Twilio, "Webhooks security". The URL as configured, without fragment and userinfo; then each name in code-point
order with each of its distinct values, nothing between them. A JSON body is signed by its hash in the URL.
"""

import hashlib
import hmac
from base64 import b64encode
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, quote, urlsplit

from fake_twilio.domain.twilio.form import Form

Algorithm = Literal["HMAC_SHA1", "HMAC_SHA256"]

MANY_URLS = 256  # that are remembered as they were read: webhooks go to few, over and over
_SENDABLE = "".join(map(chr, range(0x21, 0x7F)))
_BODY_HASH = "bodySHA256"


@lru_cache(MANY_URLS)
def signed_url(configured: str) -> str:
    """Return the address that is requested and signed: as configured, without fragment and ``user:password@``.

    Only what cannot stand in a request line is percent-encoded, such as a space. What can be no address stays as it is.
    """
    address = quote(configured.partition("#")[0], safe=_SENDABLE)
    try:
        place = urlsplit(address).netloc
    except ValueError:
        return address
    return address.replace(place, place.rpartition("@")[2], 1) if "@" in place else address


def signed_string(url: str, form: Form) -> str:
    """Return the text that is signed for *form*, posted to *url*."""
    return url + "".join(name + value for name, value in sorted(set(form)))


def with_body_hash(url: str, body: bytes) -> str:
    """Return the *url* that a JSON *body* is posted to, and that is signed alone: with the body's hash in its query.

    Raises `ValueError` if there is a hash already: a validator would hold the body against that one.
    """
    query = urlsplit(url).query
    if any(name == _BODY_HASH for name, _ in parse_qsl(query, keep_blank_values=True)):
        raise ValueError(f"the URL has a {_BODY_HASH} already")
    mark = "&" if query else "" if url.endswith("?") else "?"
    return f"{url}{mark}{_BODY_HASH}={hashlib.sha256(body).hexdigest()}"


def sign(secret: str, text: str, algorithm: Algorithm = "HMAC_SHA1") -> str:
    """Return the value of ``X-Twilio-Signature``."""
    digest = hmac.digest(secret.encode(), text.encode("utf-8", "surrogatepass"), _hash_name(algorithm))
    return b64encode(digest).decode("ascii")


def _hash_name(algorithm: Algorithm) -> str:
    return "sha256" if algorithm == "HMAC_SHA256" else "sha1"
