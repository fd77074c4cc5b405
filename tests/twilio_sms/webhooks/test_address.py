"""The address that Twilio requested is found, and nobody else says what it is."""

import itertools

import pytest

from tests.doubles import AUTH_TOKEN
from tests.twilio_sms.webhooks.requests import posted
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.address import Addresses
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.signature import RequestValidator
from twilio_sms.webhooks.verifier import Refused, Verifier

SEEN = "http://10.0.0.5:5000/in?a=1"
PROXY = "10.0.0.1"


def request(*headers: tuple[str, str], url: str = SEEN, peer: str | None = PROXY) -> WebhookRequest:
    return WebhookRequest("POST", url, headers, b"", peer)


@pytest.mark.parametrize(
    ("public_url", "seen", "found"),
    [
        ("https://sms.test", SEEN, "https://sms.test/in?a=1"),
        ("https://sms.test/", SEEN, "https://sms.test/in?a=1"),
        ("https://sms.test:8443", SEEN, "https://sms.test:8443/in?a=1"),
        ("https://sms.test/app", SEEN, "https://sms.test/app/in?a=1"),
        ("https://sms.test/app/", SEEN, "https://sms.test/app/in?a=1"),
        ("https://sms.test/app", "http://h/app/in", "https://sms.test/app/in"),
        ("https://sms.test/app", "http://h/application", "https://sms.test/app/application"),
        ("https://sms.test/app", "http://h/app", "https://sms.test/app"),
        ("https://sms.test/app", "http://h/?a=1", "https://sms.test/app?a=1"),
        ("https://sms.test/app/", "http://h/?a=1", "https://sms.test/app/?a=1"),
        ("https://sms.test/app", "http://h/app?a=1", "https://sms.test/app?a=1"),
        ("https://[2001:db8::1]/app", "http://h/%2Fx//y", "https://[2001:db8::1]/app/%2Fx//y"),
        ("https://sms.test", "http://h/?", "https://sms.test/?"),
        ("https://sms.test", "http://h", "https://sms.test"),
        ("https://sms.test/app/", "http://h/app/in", "https://sms.test/app/in"),
        ("https://sms.test/app/", "http://h?a=1", "https://sms.test/app/?a=1"),
        ("https://sms.test/APPX", "http://h/APP/in", "https://sms.test/APPX/APP/in"),
    ],
)
def test_a_public_url_replaces_all_but_path_and_query(public_url, seen, found):
    assert Addresses(public_url).find(request(url=seen)) == found


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ((), SEEN),
        ((("x-forwarded-proto", "https"), ("x-forwarded-host", "sms.test")), "https://sms.test/in?a=1"),
        ((("x-forwarded-proto", "HTTPS"), ("x-forwarded-host", "sms.test:8443")), "https://sms.test:8443/in?a=1"),
        ((("x-forwarded-host", "sms.test"), ("x-forwarded-port", "80")), "http://sms.test/in?a=1"),
        ((("x-forwarded-host", "sms.test"), ("x-forwarded-port", "81")), "http://sms.test:81/in?a=1"),
        ((("x-forwarded-prefix", "/app"),), "http://10.0.0.5:5000/app/in?a=1"),
        ((("x-forwarded-host", "[::1]:90"), ("x-forwarded-prefix", "/app/")), "http://[::1]:90/app/in?a=1"),
        ((("forwarded", 'for=192.0.2.1;proto=https;host="sms.test:8443"'),), "https://sms.test:8443/in?a=1"),
        ((("forwarded", "host=sms.test; proto=https"),), "https://sms.test/in?a=1"),
        ((("forwarded", "host=XSMS.test"),), "http://XSMS.test/in?a=1"),
        ((("forwarded", "proto=https"),), "https://10.0.0.5:5000/in?a=1"),
        ((("x-forwarded-port", "1"),), "http://10.0.0.5:1/in?a=1"),
        ((("x-forwarded-port", "65535"),), "http://10.0.0.5:65535/in?a=1"),
    ],
)
def test_a_trusted_proxy_says_what_it_was_asked_for(headers, found):
    assert Addresses(trusted_proxies=["10.0.0.0/8"]).find(request(*headers)) == found


ONE_VALUE = "x-forwarded-{} must be there once with one value: have the proxy write it anew, not add to it"
SCHEME = "a proxy's scheme must be http or https"
HOST = "a proxy's host must be host[:port]"
PORT = "a proxy's port must be one number from 1 to 65535"
PREFIX = "a proxy's prefix must be a path that begins with /"
UNREADABLE = "the header Forwarded cannot be read, or says one thing twice"
LIST = "forwarded must be there once with one value: have the proxy write it anew, not add to it"
BOTH = "a proxy says Forwarded and X-Forwarded-* at once: have it remove what it does not write"


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        pytest.param((("x-forwarded-host", "sms.test, evil.test"),), ONE_VALUE.format("host"), id="a list"),
        pytest.param(
            (("x-forwarded-host", "a.test"), ("x-forwarded-host", "b.test")), ONE_VALUE.format("host"), id="twice"
        ),
        pytest.param((("x-forwarded-proto", "https,http"),), ONE_VALUE.format("proto"), id="two schemes"),
        pytest.param((("x-forwarded-proto", "ftp"),), SCHEME, id="another scheme"),
        pytest.param((("x-forwarded-host", "sms.test/path"),), HOST, id="a path in the host"),
        pytest.param((("x-forwarded-host", "user@sms.test"),), HOST, id="a user in the host"),
        pytest.param((("x-forwarded-host", "sms.test:81"), ("x-forwarded-port", "82")), PORT, id="two ports"),
        pytest.param((("x-forwarded-host", "sms.test:99999"),), PORT, id="no port behind the host"),
        pytest.param((("x-forwarded-port", "0"),), PORT, id="port 0"),
        pytest.param((("x-forwarded-port", "65536"),), PORT, id="no port"),
        pytest.param((("x-forwarded-port", "000080"),), PORT, id="more digits than a port has"),
        pytest.param((("x-forwarded-prefix", "app"),), PREFIX, id="prefix without a slash"),
        pytest.param((("x-forwarded-prefix", "//evil.test"),), PREFIX, id="prefix with a host"),
        pytest.param((("x-forwarded-prefix", "/a?b"),), PREFIX, id="prefix with a query"),
        pytest.param((("forwarded", "host=a.test, host=b.test"),), LIST, id="two hops"),
        pytest.param((("forwarded", "host=a.test;host=b.test"),), UNREADABLE, id="two hosts"),
        pytest.param((("forwarded", "host"),), UNREADABLE, id="no pair"),
        pytest.param((("forwarded", "host=a.test"), ("x-forwarded-proto", "https")), BOTH, id="both kinds"),
    ],
)
def test_what_a_proxy_leaves_unclear_is_refused(headers, told):
    with pytest.raises(ValidationError) as caught:
        Addresses(trusted_proxies=["10.0.0.0/8"]).find(request(*headers))

    assert caught.value.message == told


@pytest.mark.parametrize(
    ("peer", "is_trusted"),
    [
        (PROXY, True),
        ("::ffff:10.0.0.1", True),
        ("fd00::7", True),
        ("11.0.0.1", False),
        ("fd01::7", False),
        ("", False),
        (None, False),
        ("10.0.0.1, 1.2.3.4", False),
        ("unix:", False),
    ],
)
def test_only_the_peer_of_the_connection_is_trusted(peer, is_trusted):
    proxies = Addresses(trusted_proxies=("10.0.0.0/8", "fd00::/16"))

    found = proxies.find(request(("x-forwarded-host", "sms.test"), ("x-forwarded-for", PROXY), peer=peer))

    assert (found == "http://sms.test/in?a=1") is is_trusted


@pytest.mark.parametrize("given", [{}, {"public_url": "https://sms.test"}])
def test_by_default_no_header_is_read(given):
    assert "evil" not in Addresses(**given).find(request(("x-forwarded-host", "evil.test")))


ADDRESS = "public_url must be https://host[:port][/path], without user and password"
PATH = "public_url must end with a path, without query and fragment"
TEXTS = 'trusted_proxies must be a list of texts: ("10.0.0.0/8",)'
NETWORKS = "trusted_proxies must be networks such as 10.0.0.0/8: "


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"public_url": "sms.test"}, "an address must be scheme://host[:port]/path"),
        ({"public_url": ""}, "an address must be scheme://host[:port]/path"),
        ({"public_url": 7}, "public_url must be a text, is int"),
        ({"public_url": "ftp://sms.test"}, ADDRESS),
        ({"public_url": "https://me:pw@sms.test"}, ADDRESS),
        ({"public_url": "https://sms.test?a=1"}, PATH),
        ({"public_url": "https://sms.test/a#b"}, PATH),
        ({"public_url": "https://sms.test:99999"}, ADDRESS),
        ({"trusted_proxies": "10.0.0.0/8"}, TEXTS),
        ({"trusted_proxies": ["10.0.0.1/8"]}, f"{NETWORKS}10.0.0.1/8 has host bits set"),
        (
            {"trusted_proxies": ["proxy.test"]},
            f"{NETWORKS}'proxy.test' does not appear to be an IPv4 or IPv6 network",
        ),
        ({"trusted_proxies": [None]}, TEXTS),
        (
            {"public_url": "https://sms.test", "trusted_proxies": ["10.0.0.0/8"]},
            "give public_url or trusted_proxies: with a public_url no header is read",
        ),
    ],
    ids=str,
)
def test_a_setting_that_cannot_work_is_refused_at_once(given, told):
    with pytest.raises(ValidationError) as caught:
        Addresses(**given)

    assert caught.value.message == told


def test_what_is_seen_must_be_an_address():
    with pytest.raises(ValidationError, match="scheme://host"):
        Addresses("https://sms.test").find(request(url="http://[::1];443/"))


def test_a_url_that_is_shown_has_no_request_in_it():
    assert repr(Addresses("https://sms.test/app")) == "Addresses(public_url='https://sms.test/app', 0 proxies)"
    assert repr(Addresses(trusted_proxies=["10.0.0.0/8"])) == "Addresses(public_url=None, 1 proxies)"


PLACES = ("http://sms.test", "https://sms.test", "http://sms.test:8080", "https://sms.test:8443")


def forgeries(scheme: str, authority: str, prefix: str) -> list[tuple[tuple[str, str], ...]]:
    """Return six ways to say in headers what was signed."""
    host, _, port = authority.partition(":")
    said = (("x-forwarded-proto", scheme), ("x-forwarded-host", authority), ("x-forwarded-prefix", prefix))
    element = f'proto={scheme};host="{authority}"'
    return [
        said,
        (*said[:1], ("x-forwarded-host", host), ("x-forwarded-port", port or "443"), *said[2:]),
        (("forwarded", element), *said[2:]),
        (*said, ("x-forwarded-for", PROXY)),
        (*said, ("forwarded", f"for={PROXY};{element}"), ("x-real-ip", PROXY)),
        (*said, ("host", authority), ("x-original-host", authority), ("x-forwarded-scheme", scheme)),
    ]


MATRIX = [
    (place, prefix, headers)
    for place, prefix in itertools.product(PLACES, ("", "/app"))
    for headers in forgeries(*place.split("://"), prefix)
]


def accepted(peer: str, *proxies: str) -> int:
    """Return how many of the forged requests are taken that come from *peer*."""
    verifier, count = Verifier(RequestValidator(AUTH_TOKEN), trusted_proxies=proxies), 0
    for place, prefix, headers in MATRIX:
        try:
            verifier.verify(posted(f"{place}{prefix}/in", seen="http://10.0.0.5:5000/in", headers=headers, peer=peer))
            count += 1
        except Refused:
            pass
    return count


def test_of_48_forgeries_from_elsewhere_none_is_accepted():
    assert len(MATRIX) == 48
    assert accepted("203.0.113.9", "10.0.0.0/8") == accepted("203.0.113.9") == 0


def test_who_believes_everybody_accepts_many_of_them():
    assert accepted("203.0.113.9", "0.0.0.0/0") >= 24
