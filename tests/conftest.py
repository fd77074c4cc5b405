"""What all tests have: pytest's own test kit, and Hypothesis without a clock."""

import pytest
import yaml  # noqa: F401 - libyaml bears no second import: a run of pytest within a test forgets what came with it
from hypothesis import settings

pytest_plugins = ["pytester"]
settings.register_profile("suite", deadline=None)  # no test fails by the clock
settings.load_profile("suite")


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """Give the folder of somebody else's tests, in which warnings are errors."""
    pytester.makeini("[pytest]\naddopts = -p no:locust -p no:cacheprovider\nfilterwarnings = error")
    return pytester
