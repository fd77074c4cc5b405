"""The examples on the page about scenarios that say more than what happens: they are played."""

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from tests.docs.pages import examples
from twilio_sms import AuthenticationError, OptedOutError

EXAMPLES = examples("docs/scenarios.md")


def test_the_services_are_known(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario(EXAMPLES["services"]))

    with fake_twilio.client() as client:
        sent = client.messages.send(
            to="+15551234567", messaging_service_sid="MG0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e", body="hello"
        )
    fake_twilio.settle()

    (message,) = fake_twilio.messages
    assert (sent.status, message.sender, message.status) == ("accepted", "+14155550101", "delivered")


def test_the_template_is_filled_in(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario(EXAMPLES["contents"]))

    sent = fake_twilio.sdk().messages.create(
        to="+15551234567",
        from_="+15005550006",
        content_sid="HX0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e",
        content_variables='{"1": "Ann", "2": "1234"}',
    )

    assert sent.body == "Hello Ann, your code is 1234"
    assert "ContentSid" in dict(fake_twilio.messages[-1].options)


def test_the_scenario_with_limits_gives_a_campaign_its_pace() -> None:
    limits = parse_scenario(EXAMPLES["limits"]).limits

    assert (limits.concurrency, limits.pace("+14155550100", "+15551234567").segments_per_second) == (50, 30)
    assert limits.pace("+15005550006", "+15551234567").segments_per_second == 1


def test_the_people_answer_and_one_of_them_has_said_stop(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(parse_scenario(EXAMPLES["people"]), seed=1)
    with fake_twilio.client() as client:
        client.messages.send(to="+15551230000", from_="+14155550101", body="please confirm")
        with pytest.raises(OptedOutError):
            client.messages.send(to="+15551230002", from_="+14155550101", body="hello")

    fake_twilio.settle()

    assert [(one.direction, one.body) for one in fake_twilio.messages[1:]] == [("inbound", "YES")]


def test_the_scenario_with_accounts_lets_them_in_and_rotates_the_token(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(parse_scenario(EXAMPLES["accounts"]), seed=1)
    shop, key, late = "AC" + "0e" * 16, "SK" + "0e" * 16, "AC" + "0d" * 16
    message = {"to": "+15551230000", "from_": "+14155550101", "body": "hello"}

    with fake_twilio.client(account_sid=shop, auth_token=None, api_key=key, api_secret="c0ffee" * 3) as by_key:
        sent = by_key.messages.send(**message)
    with fake_twilio.client(account_sid=late, auth_token="0d" * 16) as suspended, pytest.raises(AuthenticationError):
        suspended.messages.send(**message)
    fake_twilio.advance("1m")

    assert sent.account_sid == shop
    assert fake_twilio.auth_token == "5eed" * 8
