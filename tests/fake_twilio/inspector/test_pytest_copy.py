"""A copied test passes as it stands, in a world like the one it was copied from."""

from collections.abc import Iterator

import pytest

from fake_twilio.domain.messages.message import Message
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.pytest_copy import receiving_test, sending_test
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.doubles import SERVICE_SID
from tests.fake_twilio.inspector.copied import in_a_test

SUBACCOUNT, TOKEN = f"AC{'5' * 32}", "s" * 32
FORM = (("To", RECIPIENT), ("From", SENDER), ("Body", "hello"))
SLOW = """about: x
defaults: {timeline: [{status: sent, after: 1h}, {status: undelivered, after: 2h, error: 30003}]}
"""


@pytest.fixture
def other() -> Iterator[FakeTwilioFixture]:
    """Give another world, as the one in which a copy is run."""
    with FakeTwilioFixture(clock="manual") as running:
        yield running


def test_a_copied_suite_passes_as_it_stands(suite: pytest.Pytester) -> None:
    with FakeTwilioFixture("carrier_reject", clock="manual") as fake:
        sid = fake.submit((("To", "+15550100001"), *FORM[1:])).sid
        inbound = fake.receive(RECIPIENT, SENDER, "it's me")
        fake.settle()
        sent = fake.find(sid)
        assert sent is not None
        assert inbound is not None
        assert sent.error_code == 30007
        suite.makepyfile(test_sent=sending_test(sent, fake), test_received=receiving_test(inbound, fake))

    suite.runpytest_inprocess().assert_outcomes(passed=2)


def test_a_message_that_took_long_is_waited_for(other: FakeTwilioFixture) -> None:
    other.reset(parse_scenario(SLOW))
    sid = other.submit(FORM).sid
    other.settle()
    text = sending_test(found(other, sid), other)
    other.reset(parse_scenario(SLOW))

    in_a_test(text, other)

    assert [(one.status, one.error_code) for one in other.messages] == [("undelivered", 30003)]


def test_a_world_has_the_scenario_and_the_seed_of_the_run(other: FakeTwilioFixture) -> None:
    other.reset("carrier_reject", seed=77)
    message = found(other, other.submit(FORM).sid)

    assert "@pytest.mark.fake_twilio(scenario='carrier_reject', seed=77)" in sending_test(message, other)


def test_a_message_under_way_is_followed_as_far_as_it_came(other: FakeTwilioFixture) -> None:
    sid = other.submit(FORM).sid

    assert "wait_for(sid, 'queued')" in sending_test(found(other, sid), other)


def test_a_canceled_message_is_canceled_again(fake_twilio: FakeTwilioFixture, other: FakeTwilioFixture) -> None:
    schedule = (("ScheduleType", "fixed"), ("SendAt", "2026-01-01T01:00:00Z"))
    fake_twilio.reset(start=1_767_225_600.0)
    sid = fake_twilio.submit((FORM[0], ("MessagingServiceSid", SERVICE_SID), FORM[2], *schedule)).sid
    message = fake_twilio._world.engine.cancel(sid)

    in_a_test(sending_test(message, fake_twilio), other)

    (again,) = other.messages
    assert (again.status, (again.send_at or 0) - again.created_at) == ("canceled", 3600)


def test_the_subaccount_of_a_scenario_sends_by_its_own_token(fake_twilio: FakeTwilioFixture) -> None:
    world = f"accounts: [{{sid: {SUBACCOUNT}, auth_token: {TOKEN}}}]"
    fake_twilio.reset(parse_scenario(f"about: x\n{world}\ndefaults: {{timeline: []}}"))
    message = fake_twilio._world.realm.engine(SUBACCOUNT).accept(FORM)

    in_a_test(sending_test(message, fake_twilio), fake_twilio)

    assert [one.account_sid for one in fake_twilio.messages] == [SUBACCOUNT, SUBACCOUNT]


def test_what_a_test_cannot_have_is_said(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(parse_scenario("about: x\ndefaults: {timeline: []}"))
    opened = fake_twilio._world.directory.open_subaccount(fake_twilio.account_sid, None).sid
    fake_twilio.submit(FORM)
    message = fake_twilio._world.realm.engine(opened).accept(FORM)

    text = sending_test(message, fake_twilio)

    assert "# The scenario is 'scenario': say scenario= with its file." in text
    assert "# It was number 2 to its recipient" in text
    assert f"# It was sent by {opened}, which no scenario lists" in text
    assert "fake_twilio.client()" in text


def found(fake: FakeTwilioFixture, sid: str) -> Message:
    message = fake.find(sid)
    assert message is not None
    return message
