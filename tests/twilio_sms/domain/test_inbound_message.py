"""An inbound message is a value that shows nothing of what it holds."""

import pytest

from tests.doubles import RECIPIENT
from tests.webhooks import message
from twilio_sms.domain.inbound_message import Media, Place


def test_two_that_say_the_same_are_equal():
    assert message("hello") == message("hello")
    assert message("hello") != message("hello", media=(Media("https://m.test/1", "image/png"),))


def test_without_more_it_has_no_media_and_no_places():
    one = message()

    assert (one.media, one.from_place, one.extra) == ((), Place(), {})
    assert one.num_segments == 1


def test_it_cannot_be_changed():
    with pytest.raises(AttributeError):
        message().body = "other"


def test_its_text_and_its_number_are_not_shown():
    shown = repr(message("my secret", extra={"ProfileName": "Ann"}))

    assert shown.endswith("from +1555***4567, 9 characters)")
    assert not any(part in shown for part in (RECIPIENT, "secret", "Ann"))
