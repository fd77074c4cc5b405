"""Codes and links are found where a person would see them, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.messages.lifted import lift


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Your verification code is 482913", ("482913",)),
        ("482913 is your code.", ("482913",)),
        ("Use PIN 4821 to log in", ("4821",)),
        ("G-482913 is your Google verification code", ("G-482913",)),
        ("Your code: 482-913", ("482-913",)),
        ("Your code: 482 913.", ("482 913",)),
        ("Codes 1111 and 2222, again 1111", ("1111", "2222")),
        ("Your parcel 482913 has arrived", ()),
        ("Your code costs $4821.50", ()),
        ("Your code was sent to +15551234567", ()),
        ("Your code ends on 12/2026 or 2026-11-27", ()),
        ("The code has 123 characters", ()),
        ("", ()),
    ],
)
def test_a_code_is_found_where_the_text_speaks_of_one(text, codes):
    assert lift(text).codes == codes


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://shop.example/a?b=1.", ("https://shop.example/a?b=1",)),
        ("(http://a.example/x)", ("http://a.example/x",)),
        ("javascript:alert(1) ftp://a.example/", ()),
        ("https://a.example/1 and https://a.example/2", ("https://a.example/1", "https://a.example/2")),
    ],
)
def test_a_link_is_found_without_the_sign_behind_it(text, links):
    assert lift(text).links == links


@given(st.text())
def test_what_is_lifted_stands_in_the_text(text):
    found = lift(text)

    assert all(part in text for part in (*found.codes, *found.links))
