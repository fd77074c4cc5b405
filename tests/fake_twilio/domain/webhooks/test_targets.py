"""Where webhooks may go, decided without any network; the corpus of tests/vectors runs in test_outbound_targets.py."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.webhooks.targets import TargetRefused, Targets

NEVER = ["169.254.169.254", "169.254.0.1", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255"]
NEVER += ["240.0.0.1", "168.63.129.16", "100.100.100.200", "fd00:ec2::254", "192.0.0.192"]
CARRIERS = ["::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::", "2001:0:1::1"]
PRIVATE = ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "fc00::1", "fd12:3456::1"]
PUBLIC = ["8.8.8.8", "172.32.0.1", "2606:4700:4700::1111"]
HERE = ["127.0.0.1", "127.255.255.255", "::1"]
NEITHER = ["192.0.2.1", "198.18.0.1", "2001:db8::1", "fec0::1", "4000::1"]
ALL = Targets.parse(("0.0.0.0/0", "::/0", "app.internal"), is_public_allowed=True)


def may_go(targets: Targets, *addresses: str, host: str = "app.internal", port: int = 80) -> bool:
    try:
        targets.check(host, port, addresses)
    except TargetRefused:
        return False
    return True


@pytest.mark.parametrize("address", HERE)
def test_this_machine_may_always_be_called(address: str) -> None:
    assert may_go(Targets(), address)


@pytest.mark.parametrize("address", [*NEVER, *CARRIERS, *PRIVATE, *PUBLIC, *NEITHER])
def test_nothing_else_may_unless_it_is_said(address: str) -> None:
    assert not may_go(Targets(), address)


@pytest.mark.parametrize("address", [*NEVER, *CARRIERS])
def test_some_addresses_are_never_allowed_whatever_is_said(address: str) -> None:
    with pytest.raises(TargetRefused, match="which is never allowed"):
        ALL.check("app.internal", 80, [address])


@pytest.mark.parametrize("address", [*HERE, *PRIVATE, *PUBLIC, *NEITHER])
def test_all_others_can_be_allowed(address: str) -> None:
    assert may_go(ALL, address)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_host_may_have_private_addresses_under_its_name_only(address: str) -> None:
    targets = Targets.parse(("App.Internal.",))

    assert may_go(targets, address, host="app.internal")
    assert may_go(targets, address, host="APP.internal.")
    assert not may_go(targets, address, host="other.internal")
    assert not may_go(targets, address, host=address)


@pytest.mark.parametrize("address", [*NEVER, *CARRIERS, *PUBLIC, *NEITHER])
def test_a_host_that_is_allowed_may_have_no_others(address: str) -> None:
    assert not may_go(Targets.parse(("app.internal",)), address)


@pytest.mark.parametrize(
    ("address", "may"), [*((a, True) for a in PUBLIC), *((a, False) for a in (*PRIVATE, *NEITHER))]
)
def test_public_ones_are_an_option_of_their_own(address: str, may: bool) -> None:
    assert may_go(Targets.parse(is_public_allowed=True), address) is may


@pytest.mark.parametrize(
    ("entry", "inside", "outside"),
    [
        ("10.0.0.0/8", "10.9.9.9", "11.0.0.1"),
        ("192.168.7.0/24", "192.168.7.1", "192.168.8.1"),
        ("172.17.0.1", "172.17.0.1", "172.17.0.2"),
        ("fd00::/8", "fd00::7", "fc00::7"),
        ("fd00::7", "fd00::7", "fd00::8"),
    ],
)
def test_a_network_or_an_address_is_allowed_under_any_name(entry: str, inside: str, outside: str) -> None:
    targets = Targets.parse((entry,))

    assert may_go(targets, inside, host="any.example")
    assert not may_go(targets, outside, host="any.example")


def test_every_address_of_a_host_must_be_allowed() -> None:
    targets = Targets.parse(("10.0.0.0/8",))

    assert may_go(targets, "10.0.0.1", "127.0.0.1", "::1")
    assert not may_go(targets, "10.0.0.1", "192.168.0.1")
    assert not may_go(targets, "192.168.0.1", "10.0.0.1")


def test_a_host_without_addresses_is_refused() -> None:
    with pytest.raises(TargetRefused, match=r"app\.internal: it has no address"):
        Targets().check("app.internal", 80, [])


@pytest.mark.parametrize(
    "text", ["localhost", "", "2130706433", "127.1", "0x7f.1", "127.0.0.01", "::1%lo", "fe80::1%1"]
)
def test_what_a_resolver_should_not_say_is_no_address(text: str) -> None:
    with pytest.raises(TargetRefused, match="is no plain address"):
        ALL.check("app.internal", 80, [text])


@pytest.mark.parametrize(
    ("own", "address", "port", "may"),
    [
        ("127.0.0.1", "127.0.0.1", 7670, False),
        ("127.0.0.1", "::1", 7670, False),
        ("127.0.0.1", "127.0.0.1", 7671, True),
        ("0.0.0.0", "127.0.0.1", 7670, False),
        ("10.0.0.5", "10.0.0.5", 7670, False),
        ("10.0.0.5", "10.0.0.6", 7670, True),
        ("10.0.0.5", "10.0.0.5", 80, True),
    ],
)
def test_the_fake_does_not_call_itself(own: str, address: str, port: int, may: bool) -> None:
    assert may_go(Targets.parse(("10.0.0.0/8",), own=(own, 7670)), address, port=port) is may


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_http_and_https_are_called(scheme: str) -> None:
    Targets().check_name(scheme, "app.test")


@pytest.mark.parametrize(
    ("scheme", "host"),
    [
        ("ftp", "h"),
        ("gopher", "h"),
        ("file", ""),
        ("", "h"),
        ("HTTP", "h"),
        ("http", ""),
        ("http", "a%09b"),
        ("http", "a..b"),
    ],
)
def test_other_schemes_and_what_is_no_host_are_refused_before_anybody_is_asked(scheme: str, host: str) -> None:
    with pytest.raises(TargetRefused):
        ALL.check_name(scheme, host)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("10.0.0.0/33", "10.0.0.0/33"),
        ("10.0.0.1/8", "host bits"),
        ("app/8", "app/8"),
        ("http://app.internal", "http://app.internal"),
        ("app.internal:8080", "neither a network nor a host name"),
        ("*.internal", "neither a network nor a host name"),
        ("", "neither a network nor a host name"),
        ("169.254.169.254", "link-local address, which is never allowed"),
        ("fe80::/64", "link-local address, which is never allowed"),
        ("224.0.0.0/8", "multicast address, which is never allowed"),
        ("0.0.0.0", "unspecified address, which is never allowed"),
        ("64:ff9b::/96", "carries another one, which is never allowed"),
        ("8.8.8.8", "not private; what is public needs callback_allow_public"),
        ("0.0.0.0/0", "not private; what is public needs callback_allow_public"),
        ("10.0.0.0/7", "not private; what is public needs callback_allow_public"),
    ],
)
def test_what_cannot_be_allowed_is_refused_by_name(entry: str, told: str) -> None:
    with pytest.raises(ValueError, match=r"callback_allow: ") as refused:
        Targets.parse((entry,))

    assert told in str(refused.value)


@pytest.mark.parametrize("entry", ["::1", "127.0.0.0/8", "::1/128"])
def test_this_machine_may_be_named_too(entry: str) -> None:
    assert may_go(Targets.parse((entry,)), "127.0.0.1")


def test_one_text_is_no_list() -> None:
    with pytest.raises(TypeError, match="tuple"):
        Targets.parse("10.0.0.0/8")


def test_a_refusal_says_what_would_allow_it() -> None:
    with pytest.raises(TargetRefused, match=r"FakeTwilio\(callback_allow=\.\.\.\) would allow it"):
        Targets().check("app.internal", 80, ["10.0.0.1"])
    with pytest.raises(TargetRefused, match=r"--callback-allow-public or FakeTwilio\(callback_allow_public="):
        Targets().check("app.example", 80, ["8.8.8.8"])


ADDRESSES = st.one_of(
    st.integers(0, 2**32 - 1).map(IPv4Address),
    st.integers(0, 2**128 - 1).map(IPv6Address),
    st.integers(0, 2**32 - 1).map(lambda low: IPv6Address((0xFFFF << 32) | low)),
    st.sampled_from([*NEVER, *CARRIERS, *PRIVATE, *PUBLIC, *HERE, *NEITHER]).map(ip_address),
)


@given(ADDRESSES)
def test_without_options_exactly_loopback_may_be_called(address: IPv4Address | IPv6Address) -> None:
    expected = any(address in ip_network(network) for network in ("127.0.0.0/8", "::1"))

    assert may_go(Targets(), str(address)) is expected


@given(ADDRESSES, st.booleans())
def test_more_options_never_allow_less(address: IPv4Address | IPv6Address, is_public: bool) -> None:
    few, more = (
        Targets.parse(is_public_allowed=is_public),
        Targets.parse(("10.0.0.0/8", "h"), is_public_allowed=is_public),
    )

    assert may_go(more, str(address), host="h") or not may_go(few, str(address), host="h")
    assert may_go(ALL, str(address)) or not may_go(more, str(address))
