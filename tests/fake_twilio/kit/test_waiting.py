"""Tests of waiting for a status, on every clock."""

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit.waiting import NotReached
from tests.sending import send

FILTERED = "+15550100001"


@pytest.mark.fake_twilio(scenario="slow_carrier", start=1000)
def test_a_manual_clock_is_moved_just_as_far_as_needed(fake_twilio: FakeTwilioFixture) -> None:
    sid = send(fake_twilio)

    sent = fake_twilio.wait_for(sid, "sent")
    assert (sent.status, fake_twilio.now) == ("sent", sent.updated_at)
    delivered = fake_twilio.wait_for(sid, "delivered")

    assert (delivered.sid, delivered.status, fake_twilio.now) == (sid, "delivered", 1630)


@pytest.mark.fake_twilio(scenario="slow_carrier", start=1000)
def test_a_status_that_was_passed_is_not_waited_for(fake_twilio: FakeTwilioFixture) -> None:
    sid = send(fake_twilio)
    fake_twilio.settle()

    assert fake_twilio.wait_for(sid, "sent").status == "delivered"
    assert fake_twilio.now == 1630


@pytest.mark.fake_twilio(scenario="slow_carrier", clock="instant", start=1000)
def test_an_instant_clock_is_waited_for(fake_twilio: FakeTwilioFixture) -> None:
    assert fake_twilio.wait_for(send(fake_twilio), "delivered").updated_at == 1630


@pytest.mark.fake_twilio(clock="real")
def test_a_real_clock_is_waited_for(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.set_speed(100)

    assert fake_twilio.wait_for(send(fake_twilio), "delivered").status == "delivered"


@pytest.mark.parametrize("clock", ["manual", "instant"])
def test_one_that_ends_otherwise_tells_its_timeline(fake_twilio: FakeTwilioFixture, clock: str) -> None:
    fake_twilio.reset("carrier_reject", clock=clock)
    sid = send(fake_twilio, to=FILTERED)

    with pytest.raises(NotReached, match=r"wanted the message to be delivered .* ended as undelivered \(30007\)") as it:
        fake_twilio.wait_for(sid, "delivered")

    assert str(fake_twilio.timeline(sid)) in str(it.value)
    assert isinstance(it.value, AssertionError)


@pytest.mark.fake_twilio(scenario="slow_carrier", start=1000)
def test_one_that_is_late_tells_how_far_it_came(fake_twilio: FakeTwilioFixture) -> None:
    sid = send(fake_twilio)

    with pytest.raises(NotReached, match="it is still sent:"):
        fake_twilio.wait_for(sid, "delivered", within="10m")

    assert fake_twilio.now < 1630


@pytest.mark.fake_twilio(clock="real", scenario="slow_carrier")
@pytest.mark.parametrize("limit", [{"within": 0.01}, {"real_seconds": 0.01}])
def test_real_time_is_waited_for_only_so_long(fake_twilio: FakeTwilioFixture, limit: dict[str, float]) -> None:
    with pytest.raises(NotReached, match="it is still queued"):
        fake_twilio.wait_for(send(fake_twilio), "delivered", **limit)


def test_what_there_is_not_cannot_be_waited_for(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(LookupError, match="no message SM1"):
        fake_twilio.wait_for("SM1", "delivered")
    with pytest.raises(ValueError, match="status must be one of"):
        fake_twilio.wait_for(send(fake_twilio), "deliverd")
