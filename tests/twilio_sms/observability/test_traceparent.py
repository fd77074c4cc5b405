"""The trace is one more query parameter; the rest of an address stays byte for byte."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.observability.traceparent import with_traceparent

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
ADDED = f"traceparent={TRACE}"
ADDRESSES = st.builds(
    "https://example.com{}".format, st.text("/abc%20?&=#;+ä", max_size=40).filter(lambda t: "traceparent" not in t)
)


@pytest.mark.parametrize(
    ("url", "traced"),
    [
        pytest.param("https://x.example/s", f"https://x.example/s?{ADDED}", id="no query"),
        pytest.param("https://x.example", f"https://x.example?{ADDED}", id="no path"),
        pytest.param("https://x.example/s?", f"https://x.example/s?{ADDED}", id="empty query"),
        pytest.param("https://x.example/s?a=1", f"https://x.example/s?a=1&{ADDED}", id="query"),
        pytest.param("https://x.example/s?a=1&", f"https://x.example/s?a=1&{ADDED}", id="open query"),
        pytest.param("https://x.example/s#top", f"https://x.example/s?{ADDED}#top", id="fragment"),
        pytest.param("https://x.example/s?a=1#t?b", f"https://x.example/s?a=1&{ADDED}#t?b", id="query in fragment"),
        pytest.param("https://x.example/?a=%2f+b", f"https://x.example/?a=%2f+b&{ADDED}", id="escapes as they were"),
    ],
)
def test_the_trace_is_added_to_the_query(url, traced):
    assert with_traceparent(url, TRACE) == traced


@pytest.mark.parametrize(
    ("url", "traceparent"),
    [
        pytest.param("https://x.example/s", None, id="no trace"),
        pytest.param("https://x.example/s", "", id="empty trace"),
        pytest.param("https://x.example/s?traceparent=mine", TRACE, id="a trace of its own"),
        pytest.param("https://x.example/s?a=1&traceparent", TRACE, id="an empty one of its own"),
        pytest.param("https://x.example/" + "a" * 3950, TRACE, id="longer than Twilio takes"),
    ],
)
def test_an_address_stays_as_it_is(url, traceparent):
    assert with_traceparent(url, traceparent) == url


@given(url=ADDRESSES)
def test_each_byte_of_the_address_is_kept_in_its_place(url):
    before, added, after = with_traceparent(url, TRACE).partition(ADDED)

    assert added
    assert url.removesuffix(after).rstrip("?&") == before.rstrip("?&")
    assert len(before) - len(url.removesuffix(after)) in (0, 1)


@given(url=ADDRESSES)
def test_the_other_parameters_and_the_fragment_are_as_before(url):
    before, after = urlsplit(url), urlsplit(with_traceparent(url, TRACE))

    assert parse_qsl(after.query, keep_blank_values=True) == [
        *parse_qsl(before.query, keep_blank_values=True),
        ("traceparent", TRACE),
    ]
    assert (after.scheme, after.netloc, after.path, after.fragment) == (
        before.scheme,
        before.netloc,
        before.path,
        before.fragment,
    )


def test_a_trace_cannot_bring_more_than_one_parameter():
    assert with_traceparent("https://x.example/", "a&b=c#d") == "https://x.example/?traceparent=a%26b%3Dc%23d"


def test_the_longest_address_that_twilio_takes_is_traced():
    url = "https://x.example/" + "a" * (4000 - len("https://x.example/") - 1 - len(ADDED))

    assert len(with_traceparent(url, TRACE)) == 4000
