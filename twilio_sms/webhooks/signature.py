"""Whether a webhook comes from Twilio: ``X-Twilio-Signature``.

Source: Twilio, "Webhooks security". The signature is base64(HMAC-SHA1(auth token, URL and parameters)): the URL as
requested, without a fragment; then, for each name in code-point order and each of its distinct values, name and value
with nothing between. With ``bodySHA256`` in the query the URL is signed alone and the body is held against the hash.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit, urlunsplit

from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import ValidationError

Params = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]] | str | bytes
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SIGNATURE_CHARACTERS = 28  # base64 of a SHA-1


class RequestValidator:
    """Checks signatures with one or several auth tokens; several, while a token is rotated."""

    def __init__(self, *tokens: str) -> None:
        if not tokens or not all(isinstance(token, str) and token.strip() for token in tokens):
            raise ValidationError("a validator needs an auth token that is not empty: else anybody could sign")
        self._tokens = tuple(SecretString(token) for token in tokens)

    def compute_signature(self, uri: str, params: Params | None = None) -> str:
        """Return the signature that Twilio makes for *uri* and *params* with the first token."""
        return _sign(self._tokens[0], _signed_text(uri, _pairs(params or {})))

    def validate(self, uri: str, params: Params | None, signature: str | None) -> bool:
        """Whether *signature* is right for the *uri* as requested and its form *params*, or its raw JSON body.

        Tries the address without a port and with the default one, and with its query percent-encoded, since a proxy
        may have changed them. Never raises on what a request holds; whatever is unclear is ``False``.
        """
        try:
            pairs = self._signed_pairs(uri, params)
            given = (signature or "").encode("ascii")
            texts = [_signed_text(address, pairs) for address in _addresses(uri)]
            wanted = [_sign(token, text).encode("ascii") for token in self._tokens for text in texts]
        except (ValueError, TypeError, AttributeError):
            return False
        if len(given) != _SIGNATURE_CHARACTERS:
            return False
        matches = [hmac.compare_digest(given, one) for one in wanted]  # all of them, so that time tells nothing
        return any(matches)

    def __repr__(self) -> str:
        return f"RequestValidator({len(self._tokens)} tokens)"

    @staticmethod
    def _signed_pairs(uri: str, params: Params | None) -> list[tuple[str, str]]:
        """Return the pairs that are signed with the address; raise `ValueError` if the body is not the hashed one."""
        hashes = [value for name, value in parse_qsl(urlsplit(uri).query) if name == "bodySHA256"]
        if not hashes:
            if isinstance(params, str | bytes):
                raise ValueError("a raw body needs a bodySHA256 in the query")
            return list(_pairs(params or {}))
        if len(hashes) != 1 or not isinstance(params, str | bytes):
            raise ValueError("with a bodySHA256 the raw body must be given")
        body = params.encode() if isinstance(params, str) else params
        if not hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), hashes[0].lower().encode()):
            raise ValueError("the body is not the one that was hashed")
        return []


def _pairs(params: Params) -> Iterator[tuple[str, str]]:
    """Yield name and value for every value, from a mapping, a multi-dict or pairs."""
    if isinstance(params, str | bytes):
        return
    if hasattr(params, "getlist"):  # Werkzeug and Django hand over one value for a name unless asked
        names: set[str] = set(params)  # type: ignore[arg-type] # a multi-dict iterates over its names
        yield from ((name, value) for name in names for value in params.getlist(name))
    elif isinstance(params, Mapping):
        for name, value in params.items():
            yield from ((name, one) for one in ([value] if isinstance(value, str) else value))
    else:
        yield from params


def _signed_text(uri: str, pairs: Iterable[tuple[str, str]]) -> str:
    return uri + "".join(name + value for name, value in sorted(set(pairs)))


def _sign(token: SecretString, text: str) -> str:
    return b64encode(hmac.new(token.expose().encode(), text.encode(), hashlib.sha1).digest()).decode("ascii")


def _addresses(uri: str) -> Iterator[str]:
    """Yield the addresses that may have been signed: see `RequestValidator.validate`."""
    for address in _ports(uri):
        yield address
        encoded = _with_encoded_query(address)
        if encoded != address:
            yield encoded


def _with_encoded_query(address: str) -> str:
    """Return *address* with its query as a browser writes it (WHATWG URL, "special-query percent-encode set")."""
    path, mark, query = address.partition("?")
    return path + mark + quote(query, safe=_PRINTABLE.translate({ord(sign): None for sign in " \"#<>'"}))


def _ports(uri: str) -> tuple[str, ...]:
    """Return the address as it came, and without its port or with its scheme's default one."""
    parts = urlsplit(uri)
    default = _DEFAULT_PORTS.get(parts.scheme)
    if parts.port is None:
        return (uri, _with_port(parts, default)) if default else (uri,)
    return uri, _with_port(parts, None)


def _with_port(parts: SplitResult, port: int | None) -> str:
    userinfo, at, host = parts.netloc.rpartition("@")
    bare = host[: host.index("]") + 1] if host.startswith("[") else host.partition(":")[0]
    netloc = f"{userinfo}{at}{bare}" + (f":{port}" if port else "")
    return urlunsplit(parts._replace(netloc=netloc))
