"""What a message found before it in the queue of its sender."""

from fake_twilio.domain.messages.wait import Wait


def test_the_segments_ahead_are_what_the_pace_makes_of_the_seconds() -> None:
    assert Wait(42.0, 0.5).segments_ahead == 21
