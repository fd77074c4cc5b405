"""Names and addresses of machines."""

import pytest

from fake_twilio.domain.values.hosts import is_host, is_web_address


@pytest.mark.parametrize(
    "text", ["example.com", "localhost", "a-b.example.", "127.0.0.1", "::1", "grüße.example", "x" * 63]
)
def test_a_host_is_one(text: str) -> None:
    assert is_host(text)


@pytest.mark.parametrize("text", ["", "a..b", "-a.com", "a-.com", "exa mple.com", "%zz", "a/b", "x" * 64, "a." * 130])
def test_what_is_no_host_is_none(text: str) -> None:
    assert not is_host(text)


@pytest.mark.parametrize("url", ["http://a.test", "https://127.0.0.1:8000/x?y=z", "http://[::1]/"])
def test_a_web_address_is_http_with_a_host(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url", ["", "a.test", "ftp://a.test", "http://", "http://a.test:0/", "http://a.test:x", "http://[::1"]
)
def test_anything_else_is_no_web_address(url: str) -> None:
    assert not is_web_address(url)
