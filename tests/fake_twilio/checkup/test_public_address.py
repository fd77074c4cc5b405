"""Tests of what an app behind a proxy may take for its address."""

import pytest

from fake_twilio.checkup.public_address import other_forms


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "http://127.0.0.1:5000/sms?a=1#rc=2",
            [
                *("https://127.0.0.1:5000/sms?a=1", "https://127.0.0.1/sms?a=1", "https://127.0.0.1:443/sms?a=1"),
                *("http://127.0.0.1/sms?a=1", "http://127.0.0.1:80/sms?a=1"),
            ],
        ),
        ("https://app.test", ["http://app.test", "http://app.test:80", "https://app.test:443"]),
        ("http://[::1]:80/", ["https://[::1]:80/", "https://[::1]/", "https://[::1]:443/", "http://[::1]/"]),
    ],
)
def test_scheme_and_port_vary_and_nothing_else(url: str, expected: list[str]) -> None:
    assert list(other_forms(url)) == expected
