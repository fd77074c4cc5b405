"""Tests of what a test asserts about messages, on a real fake."""

import re

import pytest
from werkzeug import Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit.assertions import MAX_LISTED
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER
from tests.sending import send


def send_all(fake: FakeTwilioFixture, *bodies: str) -> list[str]:
    return [send(fake, body=body) for body in bodies]


def test_the_matching_messages_are_returned(fake_twilio: FakeTwilioFixture) -> None:
    first, _, third = send_all(fake_twilio, "code 1", "other", "code 2")

    found = fake_twilio.assert_sent(to="+1555*", from_=SENDER, body=re.compile(r"^code \d"), times=2)

    assert [message.sid for message in found] == [first, third]


def test_times_counts_exactly_and_none_means_at_least_once(fake_twilio: FakeTwilioFixture) -> None:
    send_all(fake_twilio, "a", "a", "b")

    assert len(fake_twilio.assert_sent(body="a")) == 2
    assert fake_twilio.assert_sent(body="c", times=0) == ()
    with pytest.raises(AssertionError, match="wanted exactly one message like this, came 2:\n  body    'a'\nThese"):
        fake_twilio.assert_sent(body="a", times=1)
    with pytest.raises(ValueError, match="times must be a number from 0 on"):
        fake_twilio.assert_sent(times=-1)


def test_a_failure_shows_what_came_closest(fake_twilio: FakeTwilioFixture) -> None:
    send_all(fake_twilio, "hello Bob", "bye")

    with pytest.raises(AssertionError) as failed:
        fake_twilio.assert_sent(to=RECIPIENT, body="hello Rob", times=2)

    text = str(failed.value)
    assert text.startswith("wanted exactly 2 messages like this, came 0:")
    assert "Of 2 outbound, these come closest:" in text
    assert f"  = to      '{RECIPIENT}'" in text
    assert "came   'hello Bob'" in text


def test_a_failure_without_messages_says_what_to_check(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(AssertionError, match="Nothing was sent at all") as failed:
        fake_twilio.assert_sent(body="x")

    assert fake_twilio.url in str(failed.value)


def why_nothing(fake: FakeTwilioFixture) -> str:
    with pytest.raises(AssertionError, match=r"Nothing was sent at all\. Of what came in the last") as failed:
        fake.assert_sent(body="x")
    return str(failed.value)


@pytest.fixture
def texts_to_an_app(fake_twilio: FakeTwilioFixture) -> FakeTwilioFixture:
    inbound = 'inbound: {url: "https://app.test/sms"}'
    fake_twilio.use(parse_scenario(f"about: Texts go to an app.\n{inbound}\ndefaults: {{timeline: []}}\n"))
    return fake_twilio


def test_an_app_that_refused_what_came_in_is_shown(texts_to_an_app: FakeTwilioFixture) -> None:
    texts_to_an_app.mount("https://app.test", Response("no", 403))
    texts_to_an_app.receive(RECIPIENT, SENDER, "hello")
    texts_to_an_app.settle()

    assert "inbound: POST https://app.test/sms -> 403" in why_nothing(texts_to_an_app)


def test_an_app_that_is_not_told_yet_needs_time(texts_to_an_app: FakeTwilioFixture) -> None:
    texts_to_an_app.receive(RECIPIENT, SENDER, "hello")

    assert why_nothing(texts_to_an_app).endswith("not told to the app yet: settle(), or advance(...), lets time pass.")


def test_a_number_without_an_app_is_named(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.receive(RECIPIENT, SENDER, "hello")
    fake_twilio.settle()

    assert why_nothing(fake_twilio).endswith(f'the scenario has no inbound: {{url: "https://..."}} for {SENDER}.')


def test_messages_that_came_in_do_not_count(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.receive(RECIPIENT, SENDER, "hello")

    fake_twilio.assert_not_sent()
    assert fake_twilio.assert_sent(times=0) == ()


def test_what_must_not_be_sent_is_listed(fake_twilio: FakeTwilioFixture) -> None:
    sids = send_all(fake_twilio, *["secret"] * (MAX_LISTED + 3))

    fake_twilio.assert_not_sent(body="other")
    with pytest.raises(AssertionError, match=f"wanted no message like this, came {len(sids)}:") as failed:
        fake_twilio.assert_not_sent(body="secret")

    assert sids[0] in str(failed.value)
    assert str(failed.value).endswith("  and 3 more")


def test_the_status_is_that_of_now(fake_twilio: FakeTwilioFixture) -> None:
    send_all(fake_twilio, "a" * 100)

    fake_twilio.assert_not_sent(status="delivered")
    fake_twilio.settle()
    fake_twilio.assert_sent(status="delivered", media=0)
