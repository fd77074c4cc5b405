"""Tests of what a proxy said."""

import pytest

from fake_twilio.domain.webhooks.workbench.forwarded import Forwarded


def test_the_headers_of_proxies_are_read() -> None:
    text = "X-Forwarded-Host: a.example, b.example:8443\nx-forwarded-proto: http, https\nX-Forwarded-Port: 444\nVia: x"

    said = Forwarded.parse(f"{text}\nX-Forwarded-Prefix: /api/\nHost: 10.0.0.1")

    assert said.hosts == (
        ("x-forwarded-host", "a.example"),
        ("x-forwarded-host", "b.example:8443"),
        ("host", "10.0.0.1"),
    )
    assert (said.scheme, said.port, said.prefix) == ("https", "444", "/api")


def test_the_header_of_the_standard_is_read() -> None:
    said = Forwarded.parse('Forwarded: for=1.2.3.4;host="a.example:8443";proto=https, for=x;by=y')

    assert said == Forwarded(hosts=(("x-forwarded-host", "a.example:8443"),), scheme="https")


@pytest.mark.parametrize("text", ["app.example.com", " app.example.com \n"])
def test_a_host_alone_is_one(text: str) -> None:
    assert Forwarded.parse(text).hosts == (("x-forwarded-host", "app.example.com"),)


@pytest.mark.parametrize("text", ["", "\n\n", "Forwarded: ", "Forwarded: ;;=,host=", "X-Forwarded-Host: ,"])
def test_what_says_nothing_says_nothing(text: str) -> None:
    assert Forwarded.parse(text) == Forwarded()
