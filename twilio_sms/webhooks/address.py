"""Which address Twilio requested, seen from behind a proxy.

Twilio signs the address that it was given. A server behind a proxy sees another one, and what the proxy says of the
first (``X-Forwarded-*``, ``Forwarded``) anybody can write into a request. A receiver that believes it from everybody
lets its sender choose what the signature is held against (CVE-2026-28465). So there are three ways, and no guessing:

* the address as the server sees it, for who is reached directly: the default;
* ``public_url``: what Twilio was given, up to the path that the proxy takes off; only path and query are the request's;
* ``trusted_proxies``: the headers are read, but only on connections from these networks, and only if each is there
  once and says one thing. The proxy must write or remove all of them: what it passes on, its own client wrote.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.signed_text import DEFAULT_PORTS, Address

_FORWARDED = ("x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "x-forwarded-prefix", "forwarded")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.\-_]+)(?::([0-9]{1,5}))?", re.ASCII)
_PREFIX = re.compile(r"(?:/[A-Za-z0-9\-._~!$&'()*+,;=:@%]+)*/?", re.ASCII)
_ELEMENT = re.compile(r'\s*([A-Za-z]+)=("[^"\\]*"|[^\s;,"=]+)\s*', re.ASCII)  # RFC 7239, without escapes


class Forwarded(NamedTuple):
    """What a proxy says of the address that it was asked for; empty is what it does not say."""

    scheme: str = ""
    host: str = ""
    port: str = ""
    prefix: str = ""


class Addresses:
    """Finds the address that was signed.

    *public_url* is ``https://host[:port][/path]``; its path is put in front of the request's, unless that begins with
    it. *trusted_proxies* are networks such as ``10.0.0.0/8``, or addresses. Raises `ValidationError` for what is
    neither, and for both together.
    """

    def __init__(self, public_url: str | None = None, trusted_proxies: Iterable[str] = ()) -> None:
        self._public = None if public_url is None else _public(public_url)
        self._proxies = _networks(trusted_proxies)
        if self._public and self._proxies:
            raise ValidationError("give public_url or trusted_proxies: with a public_url no header is read")

    def find(self, request: WebhookRequest) -> str:
        """Return the address that Twilio requested; raise `ValidationError` if the request leaves that unclear."""
        if self._public is not None:
            return str(_under(self._public, Address.parse(request.url)))
        if self._proxies and self._is_trusted(request.peer):
            return str(_as_forwarded(Address.parse(request.url), read_forwarded(request)))
        return request.url

    def _is_trusted(self, peer: str | None) -> bool:
        try:
            address = ip_address(peer or "")
        except ValueError:  # a socket of the file system has no address
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self._proxies)

    def __repr__(self) -> str:
        return f"Addresses(public_url={str(self._public) if self._public else None!r}, {len(self._proxies)} proxies)"


def read_forwarded(request: WebhookRequest) -> Forwarded:
    """Return what the headers of a proxy say.

    Raises `ValidationError` if one is there twice or holds a list, since then somebody else wrote a part of it; if the
    two kinds are there at once; and for what is no scheme, host, port or path.
    """
    said = {name: _single(request, name) for name in _FORWARDED if any(key == name for key, _ in request.headers)}
    if "forwarded" not in said:
        proto, host, port, prefix = (said.get(name, "") for name in _FORWARDED[:4])
        return _checked(proto, host, port, prefix)
    if len(said) > 1:
        raise ValidationError("a proxy says Forwarded and X-Forwarded-* at once: have it remove what it does not write")
    pairs = _elements(said["forwarded"])
    return _checked(pairs.get("proto", ""), pairs.get("host", ""), "", "")


def _single(request: WebhookRequest, name: str) -> str:
    value = request.header(name)
    if value is None or "," in value:
        raise ValidationError(f"{name} must be there once with one value: have the proxy write it anew, not add to it")
    return value.strip()


def _elements(header: str) -> dict[str, str]:
    found = [_ELEMENT.fullmatch(part) for part in header.split(";")]
    pairs = [(one[1].lower(), one[2].strip('"')) for one in found if one]
    if len(pairs) != len(found) or len(dict(pairs)) != len(pairs):
        raise ValidationError("the header Forwarded cannot be read, or says one thing twice")
    return dict(pairs)


def _checked(scheme: str, host: str, port: str, prefix: str) -> Forwarded:
    found = _HOST.fullmatch(host)
    if scheme and scheme.lower() not in DEFAULT_PORTS:
        raise ValidationError("a proxy's scheme must be http or https")
    if host and not found:
        raise ValidationError("a proxy's host must be host[:port]")
    named = (found[2] or "") if found else ""
    if not _is_port(port) or not _is_port(named) or (port and named and port != named):
        raise ValidationError("a proxy's port must be one number from 1 to 65535")
    if not _PREFIX.fullmatch(prefix):
        raise ValidationError("a proxy's prefix must be a path that begins with /")
    return Forwarded(scheme.lower(), found[1] if found else "", port or named, prefix)


def _is_port(text: str) -> bool:
    return not text or (len(text) <= 5 and text.isascii() and text.isdecimal() and 0 < int(text) <= 65535)


def _as_forwarded(seen: Address, said: Forwarded) -> Address:
    scheme = said.scheme or seen.scheme
    port = said.port or ("" if said.host else seen.port)
    return seen._replace(
        scheme=scheme,
        host=said.host or seen.host,
        port="" if port == DEFAULT_PORTS.get(scheme) else port,
        target=_joined(said.prefix, seen.target),
    )


def _under(public: Address, seen: Address) -> Address:
    base, target = public.target.rstrip("/"), seen.target
    is_there = target == base or target.startswith((f"{base}/", f"{base}?"))
    return public._replace(target=target if is_there else _joined(public.target, target))


def _joined(base: str, target: str) -> str:
    """Return *target* behind *base*; of the base itself a proxy leaves ``/``, so it stays as it was given."""
    if not base:
        return target
    path = target.partition("?")[0]
    return base + target.removeprefix("/") if path in ("", "/") else base.rstrip("/") + target


def _public(url: str) -> Address:
    if not isinstance(url, str):
        raise ValidationError(f"public_url must be a text, is {type(url).__name__}")
    address = Address.parse(url)
    if address.scheme not in DEFAULT_PORTS or address.user or not _is_port(address.port):
        raise ValidationError("public_url must be https://host[:port][/path], without user and password")
    if not _PREFIX.fullmatch(address.target):
        raise ValidationError("public_url must end with a path, without query and fragment")
    return address


def _networks(texts: Iterable[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    given = tuple(texts)
    if isinstance(texts, str) or not all(isinstance(text, str) for text in given):
        raise ValidationError('trusted_proxies must be a list of texts: ("10.0.0.0/8",)')
    try:
        return tuple(ip_network(text) for text in given)
    except ValueError as error:
        raise ValidationError(f"trusted_proxies must be networks such as 10.0.0.0/8: {error}") from None
