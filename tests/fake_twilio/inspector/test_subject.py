"""Tests of what the inspector needs of a fake."""

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.subject import Subject


def test_a_fake_has_all_that_is_looked_at(fake_twilio: FakeTwilioFixture) -> None:
    wanted = [name for kind in Subject.__mro__ for name in vars(kind) if not name.startswith("_")]

    assert {"directory", "feed", "find", "messages"} <= set(wanted)
    assert [name for name in wanted if not hasattr(fake_twilio, name)] == []
