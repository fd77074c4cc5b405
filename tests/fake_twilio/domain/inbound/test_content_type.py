"""Tests of the header Content-Type, and of texts in whatever charset."""

from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.inbound.content_type import NO_CHARSETS, decoded, read_content_type

ODD = [b"+2AA-", b"\\ud800", b"\xff\xfe\x00\xd8", b"\\", bytes(range(256))]


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("text/xml", ("text/xml", "utf-8")),
        ("TEXT/XML ; Charset=Latin-1", ("text/xml", "Latin-1")),
        ('text/plain; x=y; charset="utf-16" ', ("text/plain", "utf-16")),
        ("application/soap+xml", ("application/soap+xml", "utf-8")),
        ("text/xml; charset=", ("text/xml", "")),
        *((none, ("", "utf-8")) for none in (None, "", ";", "text", "text/", "/xml", "a/b/c", "text/xml (x)", "\0")),
    ],
    ids=repr,
)
def test_kind_and_charset_are_read(header: str | None, read: tuple[str, str]) -> None:
    assert read_content_type(header) == read


@pytest.mark.parametrize(
    "rest", ["(" * 60_000, "a=b;" * 15_000, '"\\' * 30_000, "charset*0=a; charset*1", "charset*=x"]
)
def test_no_header_is_too_odd(rest: str) -> None:
    assert read_content_type(f"text/xml; {rest}")[0] == "text/xml"


@pytest.mark.parametrize("charset", sorted({*aliases.values(), *NO_CHARSETS, "", "\0", "x" * 9_999}), ids=repr)
def test_a_text_can_be_written_as_utf_8_in_whatever_charset_it_came(charset: str) -> None:
    for body in ODD:
        assert decoded(body, charset).encode()


@given(st.text())
def test_what_was_written_is_read(text: str) -> None:
    assert decoded(text.encode("utf-8", "replace"), "utf-8") == text.encode("utf-8", "replace").decode()
    assert decoded(text.encode("utf-16", "replace"), "UTF-16") == text.encode("utf-16", "replace").decode("utf-16")


def test_a_charset_that_is_none_counts_as_utf_8() -> None:
    assert decoded("é".encode(), "nonsense") == decoded("é".encode(), "unicode_escape") == "é"
