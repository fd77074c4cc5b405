"""Where webhooks may go: an allow-list that holds this machine, and what else is named.

A list of what is forbidden always lacks something (tests/vectors/targets.py shows what), so this one says what is
allowed. Addresses that carry another one (IPv4-mapped and -compatible, NAT64, 6to4, Teredo) are never allowed, even
where the inner one is: who carries them decides where they arrive. A network that only has NAT64 is therefore no place
to call public addresses from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

from fake_twilio.domain.values.hosts import is_host

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class TargetRefused(Exception):  # noqa: N818 - it is a decision, not an accident
    """The address of a webhook is not one that may be connected to."""


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(each) for each in text.split())


LOOPBACK = _networks("127.0.0.0/8 ::1/128")
PRIVATE = (*LOOPBACK, *_networks("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7"))
NEVER = tuple(
    (network, kind)
    for kind, networks in (
        ("an unspecified address", "0.0.0.0/8 ::/128"),
        ("a link-local address", "169.254.0.0/16 fe80::/10"),
        ("a multicast address", "224.0.0.0/4 ff00::/8"),
        ("a broadcast or reserved address", "240.0.0.0/4"),
        # outside of the link-local ones: those of Azure, Alibaba, Oracle, Amazon and Google
        ("a cloud's metadata service", "168.63.129.16 100.100.100.200 192.0.0.192 fd00:ec2::254 fd20:ce::254"),
        ("an address that carries another one", "::/96 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48"),
        ("an address that carries another one", "2002::/16 2001::/32"),
    )
    for network in _networks(networks)
)
# Source: IANA's registries of special-purpose addresses. What of IPv6 is public lies in 2000::/3.
_SPECIAL = _networks(
    "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24"
    " 2001::/23 2001:db8::/32 3fff::/20"
)
_GLOBAL_UNICAST = ip_network("2000::/3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What may be called besides this machine; a host may have private addresses, but none that is never allowed."""

    networks: tuple[Network, ...] = ()
    hosts: frozenset[str] = frozenset()
    is_public_allowed: bool = False
    own: tuple[str, int] | None = None  # where the fake itself listens

    @classmethod
    def parse(
        cls, allowed: Iterable[str] = (), *, is_public_allowed: bool = False, own: tuple[str, int] | None = None
    ) -> Self:
        """Read networks such as ``10.0.0.0/8``, addresses and host names; raises `ValueError` for what is none.

        A network with public addresses needs *is_public_allowed*; of what is never allowed none may be named.
        """
        if isinstance(allowed, str):
            raise TypeError('callback_allow is a tuple, such as ("10.0.0.0/8", "app.internal")')
        entries = tuple(allowed)
        networks = tuple(_read_network(entry, is_public_allowed) for entry in entries if _is_network(entry))
        hosts = frozenset(_read_host(entry) for entry in entries if not _is_network(entry))
        return cls(networks=networks, hosts=hosts, is_public_allowed=is_public_allowed, own=own)

    def check_name(self, scheme: str, host: str) -> None:
        """Raise `TargetRefused` if nobody need even be asked where *host* is."""
        if scheme not in ("http", "https"):
            raise TargetRefused(f"callbacks go to http and https addresses, not to {scheme or 'one without a scheme'}")
        if not is_host(host):
            raise TargetRefused(f"{host or 'nothing'} is no host that a callback can go to")

    def check(self, host: str, port: int, addresses: Iterable[str]) -> None:
        """Raise `TargetRefused` unless *host* has addresses and each of them may be called."""
        found = tuple(addresses)
        if not found:
            raise TargetRefused(f"callbacks may not go to {host}: it has no address")
        for text in found:
            objection = self._objection(host, port, text)
            if objection:
                raise TargetRefused(f"callbacks may not go to {host}: {text} is {objection}")

    def _objection(self, host: str, port: int, text: str) -> str | None:
        address = _read_address(text)
        if address is None:
            return "no plain address"
        if self._is_own(address, port):
            return "this fake itself"
        if _is_in(address, LOOPBACK):
            return None
        never = next((kind for network, kind in NEVER if address in network), None)
        if never:
            return f"{never}, which is never allowed"
        return None if self._is_allowed(host, address) else _hint(address)

    def _is_own(self, address: Address, port: int) -> bool:
        if self.own is None or port != self.own[1]:
            return False
        return _is_in(address, LOOPBACK) or str(address) == self.own[0]

    def _is_allowed(self, host: str, address: Address) -> bool:
        if _is_in(address, self.networks):
            return True
        if _is_public(address):
            return self.is_public_allowed
        return _bare(host) in self.hosts and _is_in(address, PRIVATE)


def _is_network(entry: str) -> bool:
    return "/" in entry or _read_address(entry) is not None


def _read_network(entry: str, is_public_allowed: bool) -> Network:
    try:
        network = ip_network(entry)
    except ValueError as error:
        raise ValueError(f"callback_allow: {error}") from error
    never = next((kind for each, kind in NEVER if _holds(each, network)), None)
    if never and not any(_holds(each, network) for each in LOOPBACK):
        raise ValueError(f"callback_allow: {entry} is {never}, which is never allowed")
    if not is_public_allowed and not any(_holds(each, network) for each in PRIVATE):
        raise ValueError(f"callback_allow: {entry} is not private; what is public needs callback_allow_public")
    return network


def _read_host(entry: str) -> str:
    if not is_host(entry):
        raise ValueError(f"callback_allow: {entry!r} is neither a network nor a host name")
    return _bare(entry)


def _read_address(text: str) -> Address | None:
    """Read an address that is written as such; one with a zone (``fe80::1%eth0``) is link-local and none of ours."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None


def _bare(host: str) -> str:
    return host.removesuffix(".").lower()


def _holds(outer: Network, inner: Network) -> bool:
    return inner.network_address in outer and inner.broadcast_address in outer


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def _is_public(address: Address) -> bool:
    if _is_in(address, (*PRIVATE, *_SPECIAL)):
        return False
    return address.version == 4 or address in _GLOBAL_UNICAST


def _hint(address: Address) -> str:
    name = "callback_allow_public" if _is_public(address) else "callback_allow"
    return f"not allowed; --{name.replace('_', '-')} or FakeTwilio({name}=...) would allow it"
