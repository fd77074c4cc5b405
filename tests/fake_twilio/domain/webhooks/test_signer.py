"""What signs a webhook: a token or a shared key."""

import pytest
from twilio.request_validator import SIGNATURE_SETTINGS_HEADER, RequestValidator, get_signature_algorithm

from fake_twilio.domain.webhooks.signature import Algorithm
from fake_twilio.domain.webhooks.signer import SETTINGS_HEADER, AuthToken, SigningKey, signature_headers

URL = "http://app.test/sms"


def test_an_auth_token_signs_with_sha1_and_says_nothing_of_it() -> None:
    token = AuthToken("12345")

    assert signature_headers(token.sign(URL), token.settings) == {
        "X-Twilio-Signature": RequestValidator("12345").compute_signature(URL, {})
    }


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
def test_a_key_signs_with_its_algorithm_and_says_so(algorithm: Algorithm) -> None:
    key = SigningKey("webhooks_sharedkey_01", "s3cret", algorithm)

    headers = signature_headers(key.sign(URL), key.settings)

    assert headers["X-Twilio-Signature"] == RequestValidator("s3cret").compute_signature(URL, {}, algorithm)
    assert headers[SETTINGS_HEADER] == f"key=webhooks_sharedkey_01,algorithm={algorithm}"
    assert get_signature_algorithm(headers[SETTINGS_HEADER]) == algorithm


def test_the_header_has_the_name_that_the_official_sdk_reads() -> None:
    assert SETTINGS_HEADER == SIGNATURE_SETTINGS_HEADER


def test_sha256_is_what_a_key_signs_with_if_nothing_is_said() -> None:
    assert SigningKey("k", "s").algorithm == "HMAC_SHA256"


@pytest.mark.parametrize(
    ("key_id", "secret", "algorithm", "told"),
    [
        ("", "s", "HMAC_SHA1", "id"),
        ("a,algorithm=HMAC_SHA1", "s", "HMAC_SHA256", "id"),
        ("a\r\nX: y", "s", "HMAC_SHA256", "id"),
        ("k", " ", "HMAC_SHA256", "secret"),
        ("k", "s", "HMAC_MD5", "one of HMAC_SHA1, HMAC_SHA256, not HMAC_MD5"),
    ],
)
def test_a_key_that_cannot_be_is_refused(key_id: str, secret: str, algorithm: Algorithm, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        SigningKey(key_id, secret, algorithm)


@pytest.mark.parametrize("signer", [AuthToken("s3cret"), SigningKey("k", "s3cret")], ids=["token", "key"])
def test_no_secret_is_printed(signer: AuthToken | SigningKey) -> None:
    assert "s3cret" not in repr(signer)
