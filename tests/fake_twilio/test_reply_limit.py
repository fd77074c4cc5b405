"""Tests of what stops two numbers that answer each other."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.reply_limit import MAX_REPLIES, WITHIN_SECONDS, ReplyLimit
from tests.fake_twilio.doubles import RECIPIENT, SENDER


def test_the_31st_reply_within_30_seconds_is_one_too_many() -> None:
    """Dictionary, 14107."""
    limit = ReplyLimit()

    assert all(limit.allows(SENDER, RECIPIENT, 0.0) for _ in range(MAX_REPLIES))
    assert not limit.allows(RECIPIENT, SENDER, WITHIN_SECONDS)
    assert limit.allows(SENDER, "+15550000000", 0.0)
    assert limit.allows(SENDER, RECIPIENT, WITHIN_SECONDS + 0.1)


@given(st.lists(st.floats(0, 3), max_size=200))
def test_there_are_never_more_than_30_in_any_30_seconds(gaps: list[float]) -> None:
    limit, at, sent = ReplyLimit(), 0.0, []
    for gap in gaps:
        at += gap
        if limit.allows(SENDER, RECIPIENT, at):
            sent.append(at)

    assert all(later - earlier > WITHIN_SECONDS for earlier, later in zip(sent, sent[MAX_REPLIES:], strict=False))
