"""What all tests have: pytest's own test kit, and Hypothesis without a clock."""

from hypothesis import settings

pytest_plugins = ["pytester"]
settings.register_profile("suite", deadline=None)  # no test fails by the clock
settings.load_profile("suite")
