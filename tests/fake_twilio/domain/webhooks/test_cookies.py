"""Tests of reading and writing cookies, against RFC 6265."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.webhooks.cookies import NEVER, Cookie, read_cookie, write_cookies

NOW = 1_767_225_600.0  # 2026-01-01T00:00:00Z


@pytest.mark.parametrize(
    ("header", "cookie"),
    [
        ("a=1", Cookie("a", "1")),
        ("a = 1", None),
        ("a=; Path=/; HttpOnly", Cookie("a", "")),
        ('a="x y"; Secure', Cookie("a", '"x y"')),
        ("a=b=c", Cookie("a", "b=c")),
        ("a=1; Max-Age=60", Cookie("a", "1", NOW + 60)),
        ("a=1; Expires=Thu, 01 Jan 1970 00:00:10 GMT", Cookie("a", "1", 10.0)),
        ("a=1; Expires=Thu, 01 Jan 1970 00:00:10 GMT; max-age=-1", Cookie("a", "1", NOW - 1)),
        ("a=1; Expires=soon", Cookie("a", "1", NEVER)),
        ("", None),
        ("a", None),
        ("=1", None),
        ("a=x\r\nX: y", None),
        ("a=ü", None),
        (f"a={'x' * 5000}", None),
    ],
)
def test_a_header_is_read(header: str, cookie: Cookie | None) -> None:
    assert read_cookie(header, NOW) == cookie


def test_cookies_are_written_into_one_header() -> None:
    assert write_cookies([Cookie("a", "1"), Cookie("b", "2")]) == "a=1; b=2"
    assert write_cookies([]) is None


@given(st.text())
def test_what_comes_back_may_stand_in_a_header(header: str) -> None:
    cookie = read_cookie(header, NOW)

    assert cookie is None or f"{cookie.name}={cookie.value}".isprintable()


@given(st.text("0123456789: ,+-JanThuGMTZ\t", max_size=40))
def test_any_date_is_read_as_one_or_as_none(text: str) -> None:
    cookie = read_cookie(f"a=1; Expires={text}", NOW)

    assert cookie is not None
    assert cookie.expires_at <= NEVER
