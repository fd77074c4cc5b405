"""Keys tell scopes and buckets apart, show no number, and stay in one slot."""

import re

from tests.doubles import RECIPIENT
from twilio_sms.stores.redis_keys import Keys

KEYS = Keys("twilio-sms", "AC1@https://api.twilio.com")


def test_a_key_shows_what_it_is_for_and_no_number():
    key = KEYS.named("bucket", "recipient_rate", RECIPIENT)

    assert re.fullmatch(r"twilio-sms:\{[0-9a-f]{32}\}:bucket:[0-9a-f]{32}", key)


def test_whatever_differs_makes_another_key():
    others = [Keys("other", "AC1@https://api.twilio.com"), Keys("twilio-sms", "AC2@https://api.twilio.com")]

    keys = {key.named("a", "b", "c") for key in (KEYS, *others)}
    keys |= {KEYS.named("b", "b", "c"), KEYS.named("a", "b"), KEYS.named("a", "bc"), KEYS.named("a", "c", "b")}

    assert len(keys) == 7


def test_all_keys_of_a_scope_have_one_hash_tag():
    tags = {re.findall(r"\{(.+?)\}", KEYS.named(kind, kind))[0] for kind in ("bucket", "breaker", "quota")}

    assert len(tags) == 1
