"""The page about what the fake answers: its examples run."""

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.server import TEST_ACCOUNT_SID, TEST_AUTH_TOKEN
from tests.docs.pages import examples, page, run

EXAMPLES = examples("docs/api.md")


def test_the_sdk_reaches_the_other_resources(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["resources"]) == "active SK +1415 MG True\n"


def test_its_own_api_shows_and_changes(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("carrier_reject")
    with fake_twilio.client() as client:
        client.messages.send(to="+15550101234", from_="+15005550006", body="hello")

    assert run(EXAMPLES["admin"]) == "+15550101234 30007 the carrier filters +1 555 010 xxxx\n"
    assert fake_twilio.messages == ()


def test_faults_are_turned_up_and_off(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["faults_by_http"]) == "callback_drop 0.2 A callback never comes.\n"
    assert dict(fake_twilio.faults) == {}


def test_the_test_credentials_are_these() -> None:
    assert f"`{TEST_ACCOUNT_SID}` and `{TEST_AUTH_TOKEN}`" in " ".join(page("docs/api.md").split())


def test_the_sdk_sends_and_lists(fake_twilio: FakeTwilioFixture) -> None:
    printed = run(EXAMPLES["sdk"])

    (message,) = fake_twilio.messages
    assert printed == f"{message.sid} queued\nqueued\n"
