"""What the fixture adds to a fake: clients that are pointed at it, and words for what a test expects."""

import pytest

from fake_twilio import ScenarioError
from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import Config, Timeouts


def test_a_client_is_pointed_at_the_fake(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        sent = client.messages.send(to=RECIPIENT, from_=SENDER, body="x")

    assert [message.sid for message in fake_twilio.messages] == [sent.sid]
    assert sent.account_sid == fake_twilio.account_sid


def test_options_of_a_client_win(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client(config=Config(timeouts=Timeouts(read_seconds=1)), base_url="http://127.0.0.1:9") as client:
        assert client.base_url == "http://127.0.0.1:9"


def test_it_describes_its_run(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset("carrier_reject", seed=4, start=12)

    assert fake_twilio.describe() == "seed=4 start=12 scenario=carrier_reject"


def test_it_describes_a_start_between_two_seconds_exactly(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(start=1_767_225_600.25)

    assert " start=1767225600.25 " in fake_twilio.describe()


def test_a_world_that_no_other_replaces_is_not_counted(
    fake_twilio: FakeTwilioFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    witnessed: list[int] = []
    monkeypatch.setattr(fake_twilio, "witness", lambda evidence: witnessed.append(len(evidence.messages)))
    with fake_twilio.client() as client:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="x")

    with pytest.raises(ScenarioError):
        fake_twilio.reset("no such scenario")
    fake_twilio.reset()

    assert witnessed == [1]


def test_what_a_run_has_shown_outlives_it(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        sent = client.messages.send(to=RECIPIENT, from_=SENDER, body="x")
    shown = fake_twilio.evidence()

    fake_twilio.reset()

    assert str(shown.timeline(sent.sid)).startswith(sent.sid)
    assert (shown.run == fake_twilio.describe(), fake_twilio.evidence().messages) == (False, ())


def test_what_was_lent_is_let_go_once(fake_twilio: FakeTwilioFixture) -> None:
    let_go: list[str] = []
    client = fake_twilio.sdk()
    client.http_client.session.close = lambda: let_go.append("closed")

    fake_twilio.end_test()
    fake_twilio.end_test()

    assert let_go == ["closed"]
