"""Tests of what may be checked."""

from typing import Any

import pytest

from tests.fake_twilio.checkup.apps import subject_of

URL = "http://127.0.0.1:5000/sms"


@pytest.mark.parametrize(
    "changes",
    [{"url": "127.0.0.1:5000"}, {"timeout_seconds": 0.0}, {"timeout_seconds": 16.0}, {"auth_token": " "}],
    ids=["no address", "no time", "more time than Twilio has", "no token"],
)
def test_what_cannot_be_checked_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="wanted"):
        subject_of(**{"url": URL, **changes})


def test_nothing_secret_is_shown() -> None:
    subject = subject_of("http://user:word@127.0.0.1:5000/sms", auth_token="secret")

    assert not [word for word in ("secret", "word@") if word in repr(subject)]


def test_its_limits_are_within_its_patience() -> None:
    limits = subject_of(URL, timeout_seconds=2.0).limits

    assert (limits.connect_seconds, limits.read_seconds, limits.total_seconds) == (2.0, 2.0, 2.0)


def test_late_is_5_seconds_or_a_third() -> None:
    assert (subject_of(URL).slow_seconds, subject_of(URL, timeout_seconds=3.0).slow_seconds) == (5.0, 1.0)
