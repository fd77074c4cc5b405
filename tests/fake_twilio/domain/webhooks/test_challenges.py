"""Tests of what a server asks for, and of the answer with what stands in a URL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.webhooks.challenges import Challenge, Credentials, answer_to, credentials_of, read_challenges
from fake_twilio.domain.webhooks.digest import Asked

ASKED = Asked(method="POST", target="/status", client_nonce="c")
ALADDIN = Credentials("Aladdin", "open sesame")


# RFC 7617, section 2.
def test_a_basic_challenge_is_answered_as_in_its_rfc() -> None:
    assert answer_to('Basic realm="WallyWorld"', ALADDIN, ASKED) == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="


BASIC = 'Basic realm="b"'
MD5 = 'Digest realm="m", nonce="n", algorithm=MD5, qop="auth,auth-int"'
SHA = 'Digest realm="s", nonce="n", algorithm=SHA-256, qop="auth"'


@pytest.mark.parametrize(
    ("header", "begins"),
    [
        (f"{BASIC}, {MD5}, {SHA}", 'Digest username="Aladdin", realm="s"'),
        (f"{SHA}, {MD5}", 'Digest username="Aladdin", realm="s"'),
        (f"{BASIC}, {MD5}", 'Digest username="Aladdin", realm="m"'),
        (f'Digest realm="d", nonce="n", algorithm=MD2, {BASIC}', "Basic "),
        (f"Bearer, {BASIC}", "Basic "),
        ("basic", "Basic "),
    ],
)
def test_of_several_challenges_the_safest_is_answered(header: str, begins: str) -> None:
    assert (answer_to(header, ALADDIN, ASKED) or "").startswith(begins)


@pytest.mark.parametrize("header", ["", "Bearer realm=x", "Negotiate", 'realm="x"', ",,,", 'Digest realm="x"'])
def test_what_cannot_be_answered_is_not(header: str) -> None:
    assert answer_to(header, ALADDIN, ASKED) is None


def test_challenges_are_read_with_their_commas_and_quotes() -> None:
    header = r'Digest realm="a, \"b\"", nonce = n , QOP="auth,auth-int",Basic realm=c'

    assert read_challenges(header) == (
        Challenge("digest", {"realm": 'a, "b"', "nonce": "n", "qop": "auth,auth-int"}),
        Challenge("basic", {"realm": "c"}),
    )


def test_a_name_that_is_not_ascii_goes_out_as_utf_8() -> None:
    answer = answer_to(MD5, Credentials("Jäger", "p"), ASKED)

    assert answer is not None
    assert 'username="Jäger"'.encode() in answer.encode("latin-1")


CREDENTIALS = [
    ("http://h/", None),
    ("http://me:pw@h/", Credentials("me", "pw")),
    ("http://me@h/#rc=2", Credentials("me", "")),
    ("http://a%40b:p%3Aw@h/?x=1@2", Credentials("a@b", "p:w")),
    ("http://h/?x=me:pw@h", None),
    ("http://h/#me:pw@h", None),
    ("http://[::1", None),
]


@pytest.mark.parametrize(("url", "found"), CREDENTIALS, ids=[url for url, _ in CREDENTIALS])
def test_user_and_password_stand_before_the_host(url: str, found: Credentials | None) -> None:
    assert credentials_of(url) == found


def test_a_password_is_not_printed() -> None:
    assert "open" not in repr(ALADDIN)


@given(st.text(alphabet='Basic Digest=",\\nonce realm', max_size=80))
def test_whatever_a_server_says_it_is_read(header: str) -> None:
    for challenge in read_challenges(header):
        assert challenge.scheme == challenge.scheme.lower()
    answer_to(header, ALADDIN, ASKED)
