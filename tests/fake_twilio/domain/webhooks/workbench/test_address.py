"""Tests of the parts of a URL."""

from urllib.parse import urlparse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import add_port, remove_port

from fake_twilio.domain.webhooks.workbench.address import Address, as_validators_try

SOUP = st.text(st.sampled_from("aZ0.:/?#[]@%&=+ \n-é"), max_size=25)


@given(SOUP)
def test_an_address_is_written_as_it_was(rest: str) -> None:
    address = Address.find(f"https://{rest}")

    assert address is None or address.write() == f"https://{rest}"


@pytest.mark.parametrize("text", ["", "/sms", "h/a", "https:/h", "https://h:x/", "https://[::1", "//h/a", "https://h]"])
def test_what_has_no_host_is_no_address(text: str) -> None:
    assert Address.find(text) is None


def test_each_part_is_found() -> None:
    whole = "HTTPS://user:p@ss@Host.example:8443/a//b?x=1?y#z#"

    assert Address.find(whole) == ("HTTPS", "user:p@ss", "Host.example", "8443", "/a//b", "x=1?y", "z#")
    assert Address.find("http://[::1]:80?") == ("http", None, "[::1]", "80", "", "", None)


@pytest.mark.parametrize(
    "url", ["https://h", "http://h/a?x=1", "https://h:443/", "http://h:80/", "http://h:443/", "https://h:8443/a"]
)
def test_a_port_is_added_or_dropped_as_the_official_sdk_does(url: str) -> None:
    parsed = urlparse(url)

    assert set(as_validators_try(url)) == {url, add_port(parsed), remove_port(parsed)}
    assert as_validators_try(url)[0] == url


def test_what_is_no_address_is_tried_as_it_is() -> None:
    assert as_validators_try("/sms") == ("/sms",)
    assert as_validators_try("ftp://h/") == ("ftp://h/",)
