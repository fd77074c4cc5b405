"""Token rotation on the wire, with nothing but HTTP between."""

import requests

from fake_twilio.fixture import FakeTwilioFixture


def test_a_rotation_changes_who_may_enter(fake_twilio: FakeTwilioFixture) -> None:
    sid, old = fake_twilio.account_sid, fake_twilio.auth_token
    tokens = f"{fake_twilio.url}/v1/AuthTokens"

    made = requests.post(f"{tokens}/Secondary", auth=(sid, old), timeout=5)
    new = made.json()["secondary_auth_token"]
    promoted = requests.post(f"{tokens}/Promote", auth=(sid, new), timeout=5)
    late = requests.post(f"{tokens}/Promote", auth=(sid, old), timeout=5)

    assert (made.status_code, promoted.status_code, late.status_code) == (201, 200, 401)
    assert promoted.json()["auth_token"] == new
    assert promoted.json()["url"] == f"{tokens}/Promote"
    assert made.json()["date_created"].endswith("Z")


def test_a_secondary_token_is_dropped_and_then_there_is_none_to_promote(fake_twilio: FakeTwilioFixture) -> None:
    own = (fake_twilio.account_sid, fake_twilio.auth_token)
    tokens = f"{fake_twilio.url}/v1/AuthTokens"
    requests.post(f"{tokens}/Secondary", auth=own, timeout=5)

    dropped = requests.delete(f"{tokens}/Secondary", auth=own, timeout=5)
    promoted = requests.post(f"{tokens}/Promote", auth=own, timeout=5)

    assert (dropped.status_code, dropped.content) == (204, b"")
    assert (promoted.status_code, promoted.json()["code"]) == (404, 20404)
