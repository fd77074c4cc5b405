"""Signs requests as Twilio does, for tests of an app that checks signatures.

>>> from fake_twilio import sign
>>> signed = sign("https://app.test/sms", {"From": "+15551234567", "Body": "hello"}, auth_token="12345")
>>> signed.headers["X-Twilio-Signature"]
'LWYGGO5lF05wd/9F6hT4GdAjbJA='
>>> signed.body
b'From=%2B15551234567&Body=hello'

Hand all three to the app: ``app.test_client().post(signed.url, data=signed.body, headers=signed.headers)``.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.signature import signed_string, signed_url, with_body_hash
from fake_twilio.domain.webhooks.signer import AuthToken, Signer, SigningKey, signature_headers

Params = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request with its signature: where it goes, what it carries, and its headers."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(repr=False)


def sign(
    url: str, params: Params = (), *, auth_token: str = AUTH_TOKEN, key: SigningKey | None = None
) -> SignedRequest:
    """Sign the form *params* posted to *url*, or without any a GET of *url*, as Twilio does.

    *params* are a mapping, whose values may be lists, or pairs. The token is the one the fake has unless it is told
    another; a shared *key* signs in its place. What is signed and called is the URL without fragment and userinfo.
    """
    return signed_form(url, params, key or AuthToken(auth_token))


def sign_json(url: str, body: Any, *, auth_token: str = AUTH_TOKEN, key: SigningKey | None = None) -> SignedRequest:
    """Sign a JSON *body* posted to *url*: the URL that is to be called has its hash as ``bodySHA256``.

    Text and bytes are sent as they are, anything else as `json.dumps` writes it.

    >>> sign_json("https://app.test/events", {"a": 1}).url
    'https://app.test/events?bodySHA256=f9d86028c6e0d64e225186f96acb69338b2c59764df79162107f5c4bb34d1310'
    """
    return signed_json(url, body, key or AuthToken(auth_token))


def signed_form(url: str, params: Params, signer: Signer) -> SignedRequest:
    """Return the form request that *signer* signed."""
    form, target = _pairs(params), signed_url(url)
    return _signed(target, urlencode(form).encode(), "application/x-www-form-urlencoded", signer, form)


def signed_json(url: str, body: Any, signer: Signer) -> SignedRequest:
    """Return the request with a JSON body that *signer* signed."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    raw = text if isinstance(text, bytes) else text.encode()
    return _signed(with_body_hash(signed_url(url), raw), raw, "application/json", signer, ())


def _signed(url: str, body: bytes, content_type: str, signer: Signer, form: Form) -> SignedRequest:
    headers = signature_headers(signer.sign(signed_string(url, form)), signer.settings)
    return SignedRequest(url, body, {"Content-Type": content_type, **headers} if body else headers)


def _pairs(params: Params) -> Form:
    if not isinstance(params, Mapping):
        return tuple(params)
    listed = ((name, [value] if isinstance(value, str) else value) for name, value in params.items())
    return tuple((name, value) for name, values in listed for value in values)
