"""Tests of what goes through the proxy."""

from dataclasses import replace

from fake_twilio.recording.wire import Answered
from tests.fake_twilio.recording.answers import CREATION, MESSAGES


def test_a_path_is_without_its_query() -> None:
    assert replace(CREATION, target=f"{MESSAGES}?PageSize=5").path == MESSAGES


def test_nothing_secret_is_shown() -> None:
    shown = repr(CREATION) + repr(Answered(status=200, body=b"hello"))

    assert not [word for word in ("Basic", "hello", "%2B1555") if word in shown]
