"""Tests of what stops two numbers that answer each other."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.inbound.reply_limit import HELD_SECONDS, MAX_REPLIES, WITHIN_SECONDS, ReplyLimit
from tests.fake_twilio.doubles import RECIPIENT, SENDER


def test_the_31st_reply_within_30_seconds_is_one_too_many() -> None:
    """Dictionary, 14107: "more than 30 outbound replies between the same two phone numbers within 30 seconds"."""
    limit = ReplyLimit()

    assert all(limit.allows(SENDER, RECIPIENT, 0.0) for _ in range(MAX_REPLIES))
    assert limit.allows(SENDER, "+15550000000", 0.0)
    assert not limit.allows(RECIPIENT, SENDER, WITHIN_SECONDS)


def test_others_are_held_for_30_seconds_after_it() -> None:
    """Dictionary, 14107: "messages in that conversation are marked failed for 30 seconds"."""
    limit = ReplyLimit()
    allowed = [limit.allows(SENDER, RECIPIENT, float(second)) for second in range(20) for _ in range(2)]

    assert allowed == [True] * 30 + [False] * 10
    assert not limit.allows(SENDER, RECIPIENT, 15 + HELD_SECONDS - 0.1)
    assert all(limit.allows(SENDER, RECIPIENT, 15 + HELD_SECONDS) for _ in range(MAX_REPLIES - 1))


def test_a_slow_conversation_goes_on_for_ever() -> None:
    limit = ReplyLimit()

    assert all(limit.allows(SENDER, RECIPIENT, 1.1 * number) for number in range(200))


@given(st.lists(st.floats(0, 3), max_size=200))
def test_there_are_never_more_than_30_in_any_30_seconds(gaps: list[float]) -> None:
    limit, at, sent = ReplyLimit(), 0.0, []
    for gap in gaps:
        at += gap
        if limit.allows(SENDER, RECIPIENT, at):
            sent.append(at)

    assert all(later - earlier > WITHIN_SECONDS for earlier, later in zip(sent, sent[MAX_REPLIES:], strict=False))
