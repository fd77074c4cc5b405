"""The version is one that packaging tools understand."""

from importlib.metadata import version

from packaging.version import Version

from twilio_sms.version import __version__


def test_the_version_is_the_one_that_is_installed():
    assert Version(__version__) == Version(version("twilio-sms"))
