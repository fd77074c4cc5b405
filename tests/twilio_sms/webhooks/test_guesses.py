"""Each guess undoes one thing, and none is a guess that changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.webhooks import guesses
from twilio_sms.webhooks.guesses import Candidate
from twilio_sms.webhooks.keys import Keyring
from twilio_sms.webhooks.signed_text import Address, form_text

SIGNER = Keyring(["token"]).by_token[0]
TARGETS = st.sampled_from(["", "/", "/a", "/a/", "/a?", "/a?b=1&a=2", "/a b?c=%20+d", "/?x=é"])


@given(
    scheme=st.sampled_from(["http", "https", "other"]),
    target=TARGETS,
    hosts=st.lists(st.sampled_from(["h", "g", "h:81", "[::1]", "[::1]:5"])),
    prefixes=st.lists(st.sampled_from(["/p", "/p/"])),
)
def test_a_guess_of_the_address_changes_it(scheme, target, hosts, prefixes):
    address = Address(scheme, "", "h", "", target)
    found = [
        *guesses.of_scheme(address),
        *guesses.of_host(address, hosts),
        *guesses.of_path(address, prefixes),
        *guesses.of_query(address),
    ]

    changed = [guess.apply(Candidate(address, "", SIGNER)).address for guess in found]

    assert str(address) not in map(str, changed)
    assert all(guess.advice for guess in found)


@pytest.mark.parametrize("host", ["[::1]", "[::1]:5", "g", "g:81"])
def test_another_host_comes_with_its_port(host):
    (guess,) = guesses.of_host(Address("https", "", "h", "", "/"), [host])

    assert str(guess.apply(Candidate(Address("https", "", "h", "", "/"), "", SIGNER)).address) == f"https://{host}/"


@given(pairs=st.lists(st.tuples(st.text(max_size=4), st.text(" +%2B\nab", max_size=6)), max_size=4).map(tuple))
def test_a_guess_of_the_form_changes_what_is_signed_of_it(pairs):
    address = Address("https", "", "h", "", "/?a=b")

    for guess in guesses.of_form(address, pairs):
        candidate = Candidate(address, form_text(pairs), SIGNER, "trouble")
        assert guess.apply(candidate) != candidate


def test_a_body_that_is_no_form_gives_no_guess():
    assert guesses.of_body(b"%") == []


def test_everybody_who_is_not_trusted_may_have_signed():
    ring = Keyring(["a", "b"])

    assert [(one.name, one.algorithm) for one, _ in guesses.of_signer(ring, ring.by_token)] == [
        ("auth token 1", "HMAC_SHA256"),
        ("auth token 2", "HMAC_SHA256"),
    ]
