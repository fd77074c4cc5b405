"""Tests of where redirects lead."""

import pytest

from fake_twilio.domain.webhooks.redirects import absolute_url, is_redirect, redirected_method, redirected_url

# Twilio's error dictionary, 11216: only these four.
FOLLOWED = {301, 302, 303, 307}


@pytest.mark.parametrize("status", [None, 200, 201, 300, *sorted(FOLLOWED), 304, 305, 306, 308, 399, 401, 500])
def test_four_statuses_are_followed_and_no_other(status: int | None) -> None:
    assert is_redirect(status, "/elsewhere") is (status in FOLLOWED)


@pytest.mark.parametrize("location", [None, ""])
def test_what_names_no_place_is_no_redirect(location: str | None) -> None:
    assert not is_redirect(302, location)


@pytest.mark.parametrize(
    ("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST")], ids=lambda value: str(value)
)
def test_only_307_keeps_the_method(status: int, method: str) -> None:
    assert redirected_method(status, "POST") == method
    assert redirected_method(status, "GET") == "GET"


PLACES = [
    ("http://h/a/b?x=1#rc=2", "c", "http://h/a/c"),
    ("http://h/a/b", "/c?y=2#rc=5", "http://h/c?y=2"),
    ("http://h/a", "//other:81/c", "http://other:81/c"),
    ("https://h/a", "http://other/c", "http://other/c"),
    ("http://me:pw@h/a", "/c", "http://me:pw@h/c"),
    ("http://me:pw@h/a", "http://h/c", "http://h/c"),
    ("http://h/a", "http://[::1/c", None),
    ("http://h/a", "ftp://h/c", "ftp://h/c"),
]


@pytest.mark.parametrize(("url", "location", "target"), PLACES, ids=[place[1] for place in PLACES])
def test_a_location_is_relative_to_where_it_came_from(url: str, location: str, target: str | None) -> None:
    assert redirected_url(url, location) == target


def test_a_reference_is_read_as_in_a_document_from_its_base() -> None:
    assert absolute_url("https://app.test/a/b?c", "d") == "https://app.test/a/d"


@pytest.mark.parametrize("reference", ["http://[", "//[", "http://a\u2100b/"])
def test_a_reference_that_can_be_no_address_stays_as_it_is(reference: str) -> None:
    assert absolute_url("https://app.test/", reference) == reference
