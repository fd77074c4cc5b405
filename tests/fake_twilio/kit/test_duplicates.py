"""Tests of what counts as sent twice."""

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit.duplicates import duplicates
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.doubles import SERVICE_SID, START, make_message


def test_the_same_message_twice_is_listed(fake_twilio: FakeTwilioFixture) -> None:
    with fake_twilio.client() as client:
        first = client.messages.send(to=RECIPIENT, from_=SENDER, body="hello").sid
        fake_twilio.assert_no_duplicate_sends()
        fake_twilio.advance("10m")
        second = client.messages.send(to=RECIPIENT, from_=SENDER, body="hello").sid

    fake_twilio.assert_no_duplicate_sends(window="9m")
    for window in ("10m", None):
        with pytest.raises(AssertionError, match="one message was sent more than once") as failed:
            fake_twilio.assert_no_duplicate_sends(window=window)
        assert f"+0.000 s  {first}" in str(failed.value)
        assert f"+600.000 s  {second}" in str(failed.value)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"to": "+15550000000"}, id="recipient"),
        pytest.param({"sender": "+15005550007"}, id="sender"),
        pytest.param({"service_sid": SERVICE_SID}, id="service"),
        pytest.param({"body": "Hello"}, id="body"),
        pytest.param({"media_urls": ("https://pictures.test/1",)}, id="media"),
    ],
)
def test_what_differs_in_one_of_these_is_another_message(changes: dict[str, object]) -> None:
    assert duplicates([make_message(), make_message(**changes)], None) == []


def test_a_service_sends_twice_whichever_number_it_takes() -> None:
    one, two = (make_message(service_sid=SERVICE_SID, sender=f"+1500555000{n}") for n in (6, 7))

    assert duplicates([one, two], None) == [[one, two]]


def test_a_group_is_cut_where_neighbours_are_far_apart() -> None:
    messages = [make_message(sid=f"SM{at}", created_at=START + at) for at in (0, 50, 100, 500, 560)]

    groups = duplicates(messages, 60)

    assert [[message.sid for message in group] for group in groups] == [["SM0", "SM50", "SM100"], ["SM500", "SM560"]]


def test_messages_that_came_in_do_not_count(fake_twilio: FakeTwilioFixture) -> None:
    for _ in range(2):
        fake_twilio.receive(RECIPIENT, SENDER, "hello")

    fake_twilio.assert_no_duplicate_sends()
