"""Which tests other versions must pass: all of both packages', or those of what touches other people's code."""

import sys

ALL = ("tests/twilio_sms", "tests/fake_twilio")
QUICK = (
    "tests/fake_twilio/api",
    "tests/fake_twilio/scenario_tools",
    "tests/fake_twilio/test_faker_provider.py",
    "tests/fake_twilio/test_pytest_plugin.py",
    "tests/fake_twilio/test_strategies.py",
    "tests/twilio_sms/commands",
    "tests/twilio_sms/frameworks",
    "tests/twilio_sms/observability",
    "tests/twilio_sms/stores",
    "tests/twilio_sms/test_phones.py",
    "tests/twilio_sms/transport",
)


def wanted() -> tuple[str, ...]:
    """Return the quick share if the command line asks for it, else all."""
    return QUICK if "--quick" in sys.argv else ALL


def pytest_words(share: tuple[str, ...]) -> list[str]:
    """Return what to say to pytest: two at a time, and it leaves nothing behind."""
    return ["-q", "-n", "2", "-p", "no:cacheprovider", *share]
