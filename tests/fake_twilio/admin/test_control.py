"""A fake is what the admin API needs."""

from fake_twilio.admin.control import Control
from fake_twilio.fixture import FakeTwilioFixture


def test_a_fake_can_be_controlled(fake_twilio: FakeTwilioFixture) -> None:
    control: Control = fake_twilio  # mypy holds the rest

    assert (control.clock_kind, control.scenario.name) == ("manual", "delivered")
