"""A header chooses among the secrets that are trusted, and nothing more."""

import pytest

from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.keys import HMAC_SHA1, HMAC_SHA256, Keyring, Settings, SharedKey

KEY = SharedKey("webhooks_sharedkey_1", "key-secret-1")
OTHER = SharedKey("webhooks_sharedkey_2", SecretString("key-secret-2"))
ANYBODY = "^a validator needs an auth token that is not empty: else anybody could sign$"
RING = Keyring(["token"], [KEY, OTHER])


def names(settings: str | None, ring: Keyring = RING) -> list[tuple[str, str]]:
    return [(signer.name, signer.algorithm) for signer in ring.signers(settings)]


def test_without_settings_the_tokens_sign_with_sha1():
    assert names(None, Keyring(["a", "b"], [KEY])) == [("auth token 1", HMAC_SHA1), ("auth token 2", HMAC_SHA1)]


@pytest.mark.parametrize("algorithm", [HMAC_SHA1, HMAC_SHA256])
def test_a_key_that_is_named_signs_alone(algorithm):
    assert names(f"key={OTHER.id},algorithm={algorithm}") == [(f"shared key {OTHER.id}", algorithm)]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "algorithm=HMAC_SHA256",
        "key=webhooks_sharedkey_1",
        "key=webhooks_sharedkey_1,algorithm=",
        "key=webhooks_sharedkey_1,algorithm=HMAC_MD5",
        "key=webhooks_sharedkey_1,algorithm=hmac_sha256",
        "key=webhooks_sharedkey_9,algorithm=HMAC_SHA256",
        "key=auth token 1,algorithm=HMAC_SHA1",
        "key=webhooks_sharedkey_1,key=webhooks_sharedkey_2,algorithm=HMAC_SHA256",
        "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256,algorithm=HMAC_SHA1",
    ],
)
def test_unclear_settings_trust_nobody(header):
    assert names(header) == []


def test_settings_may_say_more_than_we_know():
    assert Settings.parse(" key=k1 , algorithm=HMAC_SHA256, version=2") == ("k1", HMAC_SHA256)


def test_the_id_of_a_key_ends_at_the_comma():
    assert Settings.parse("key=k1=,algorithm=HMAC_SHA1") == ("k1=", HMAC_SHA1)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("key=k1", "the signature's settings must name one key and one algorithm"),
        ("key=k1,algorithm=HMAC_MD5", "the signature's algorithm must be one of HMAC_SHA1, HMAC_SHA256"),
    ],
)
def test_who_reads_settings_is_told_what_is_wrong_with_them(header, told):
    with pytest.raises(ValidationError) as caught:
        Settings.parse(header)

    assert caught.value.message == told


def test_a_person_is_told_of_a_key_by_its_id():
    ring = Keyring(["a"], [SharedKey("k1", "one")])

    assert ring.by_token[0].name == "auth token 1"
    assert ring.by_key[0][1].name == "shared key k1"


def test_with_shared_keys_only_no_token_signs():
    assert names(None, Keyring([], [KEY])) == []


@pytest.mark.parametrize(
    "key_id",
    ["", "a b", "a,b", "a=b", "ü", None, 7],
    ids=["empty", "a space", "a comma", "an equals sign", "not ASCII", "none", "a number"],
)
def test_a_key_that_no_header_can_name_is_refused(key_id):
    told = r"^the id of a shared key must be as Twilio names it, without '=', ',' and white space$"
    with pytest.raises(ValidationError, match=told):
        SharedKey(key_id, "secret")


def test_an_id_may_have_any_letter():
    assert SharedKey("webhooks_sharedkey_X", "secret").id == "webhooks_sharedkey_X"


@pytest.mark.parametrize("secret", ["", "  ", None, b"secret"], ids=repr)
def test_a_secret_that_anybody_could_sign_with_is_refused(secret):
    with pytest.raises(ValidationError, match=ANYBODY):
        SharedKey("webhooks_sharedkey_1", secret)


def test_what_is_no_shared_key_is_refused():
    with pytest.raises(ValidationError, match=r"^shared_keys must be SharedKey\(id, secret\)$"):
        Keyring(["token"], ["webhooks_sharedkey_1"])


def test_no_secret_is_shown():
    shown = f"{KEY!r} {RING!r} {RING.signers(None)!r} {RING.by_key!r}"

    assert "key-secret" not in shown
    assert "'token'" not in shown
