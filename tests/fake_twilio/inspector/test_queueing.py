"""A message's wait for its sender is told with what was before it."""

from fake_twilio.domain.messages.wait import Wait
from fake_twilio.inspector.queueing import queueing_of
from tests.fake_twilio.doubles import SENDER, START, make_message


def told(wait: Wait | None) -> list[tuple[str, str]]:
    return [(one.title, one.detail) for one in queueing_of(make_message(wait=wait), START)]


def test_a_wait_is_told_with_what_was_before_it() -> None:
    assert told(Wait(90.0, 0.5)) == [
        (f"had to wait 90s in the queue of {SENDER}", "45 segments went before it, at 0.5 a second")
    ]


def test_one_segment_is_one() -> None:
    assert told(Wait(2.0, 0.5))[0][1] == "1 segment went before it, at 0.5 a second"


def test_a_queue_that_was_full_is_told() -> None:
    assert told(Wait(36_000.0, 3.0, is_refused=True)) == [
        (f"the queue of {SENDER} was full", "108,000 segments went before it, at 3 a second")
    ]


def test_who_did_not_wait_has_nothing_to_tell() -> None:
    assert told(None) == []
