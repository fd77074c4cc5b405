"""What the tests of a load have."""

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.fake_twilio.load.loads import Begin, Load


@pytest.fixture
def load(fake_twilio: FakeTwilioFixture) -> Begin:
    """Give what makes a load on a fake."""
    return lambda runner=None, **options: Load(fake_twilio, runner, **options)
