"""A plain client lives through the rotation of its token, if its environment has both."""

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import AuthenticationError, Client, WsgiWebhooks

APP = "https://shop.test"


def learned(fake_twilio: FakeTwilioFixture, token: str) -> str | None:
    """Send, and return the status that the callbacks told; "refused" if nothing could be sent."""
    account = {"TWILIO_ACCOUNT_SID": fake_twilio.account_sid, "TWILIO_AUTH_TOKEN": token}
    with Client.from_env(account, base_url=fake_twilio.url) as client, client.webhooks(public_url=APP) as webhooks:
        fake_twilio.mount(APP, WsgiWebhooks(webhooks, status="/status"))
        try:
            sent = client.messages.send(to=RECIPIENT, from_=SENDER, body="hello", status_callback=f"{APP}/status")
        except AuthenticationError:
            return "refused"
        fake_twilio.settle()
        return webhooks.tracker.status_of(sent.sid)


@pytest.mark.parametrize(
    ("tokens", "before", "after"),
    [
        pytest.param("{old}", "delivered", "refused", id="the old one"),
        pytest.param("{new}", None, "delivered", id="the new one"),
        pytest.param("{new},{old}", "delivered", "delivered", id="both, the new one first"),
    ],
)
def test_only_with_both_tokens_everything_works_all_the_time(fake_twilio, tokens, before, after):
    accounts = fake_twilio.sdk().accounts.v1
    new = accounts.secondary_auth_token().create().secondary_auth_token
    token = tokens.format(old=fake_twilio.auth_token, new=new)

    assert learned(fake_twilio, token) == before
    accounts.auth_token_promotion().update()
    assert learned(fake_twilio, token) == after
