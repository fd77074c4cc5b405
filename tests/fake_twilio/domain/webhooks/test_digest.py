"""Tests of answers to a Digest challenge, with the examples of the RFCs."""

import pytest

from fake_twilio.domain.webhooks.digest import Asked, digest_answer, is_answerable

# RFC 7616, section 3.9.1.
REALM = {
    "realm": "http-auth@example.org",
    "qop": "auth, auth-int",
    "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
}
ASKED = Asked(method="GET", target="/dir/index.html", client_nonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
EXAMPLES = [
    ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
    ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
]


@pytest.mark.parametrize(("algorithm", "response"), EXAMPLES, ids=["MD5", "SHA-256"])
def test_the_examples_of_rfc_7616_come_out(algorithm: str, response: str) -> None:
    answer = digest_answer({**REALM, "algorithm": algorithm}, "Mufasa", "Circle of Life", ASKED)

    assert answer == (
        'Digest username="Mufasa", realm="http-auth@example.org",'
        ' nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html",'
        f' response="{response}", algorithm={algorithm}, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",'
        ' cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, nc=00000001'
    )


def test_without_an_algorithm_it_is_md5() -> None:
    assert EXAMPLES[0][1] in digest_answer(REALM, "Mufasa", "Circle of Life", ASKED)


# RFC 2069, section 2.4, as its erratum 749 corrects it.
def test_without_a_protection_the_answer_is_the_one_of_rfc_2069() -> None:
    parameters = {"realm": "testrealm@host.com", "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093"}
    answer = digest_answer(parameters, "Mufasa", "CircleOfLife", ASKED)

    assert 'response="1949323746fe6a43ef61f9606e7febea"' in answer
    assert "cnonce" not in answer


def test_a_session_has_a_secret_of_its_own_and_names_the_nonce_of_the_client() -> None:
    answers = {digest_answer({**REALM, "algorithm": name}, "u", "p", ASKED) for name in ("MD5", "MD5-sess")}

    assert len({answer.partition("response=")[2][:34] for answer in answers}) == 2
    assert all("cnonce=" in answer for answer in answers)


def test_quotes_in_a_name_are_escaped() -> None:
    assert r'username="a\"b\\c"' in digest_answer(REALM, 'a"b\\c', "p", ASKED)


@pytest.mark.parametrize(
    ("changes", "is_so"),
    [
        ({}, True),
        ({"algorithm": "sha-256-sess"}, True),
        ({"algorithm": "SHA-512-256"}, False),
        ({"qop": "auth-int"}, False),
        ({"qop": ""}, True),
    ],
    ids=str,
)
def test_a_challenge_is_answerable_if_all_of_it_is_known(changes: dict[str, str], is_so: bool) -> None:
    assert is_answerable({**REALM, **changes}) is is_so


@pytest.mark.parametrize("name", ["realm", "nonce"])
def test_a_challenge_without_realm_or_nonce_is_none(name: str) -> None:
    assert not is_answerable({key: value for key, value in REALM.items() if key != name})
