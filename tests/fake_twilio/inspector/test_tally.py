"""Tests of how many messages have which status."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.inspector.tally import Tally
from tests.fake_twilio.doubles import make_message
from tests.fake_twilio.inspector.subjects import FakeSubject

SIDS = [f"SM{number:032x}" for number in range(5)]
steps = st.tuples(st.sampled_from(SIDS), st.sampled_from([Status.QUEUED, Status.SENT, None]), st.booleans())


def tally(subject: Any) -> Tally:
    return Tally(subject)


@given(st.lists(steps), st.integers(1, 4))
def test_it_is_what_counting_all_would_say(changes: list[tuple[str, Status | None, bool]], kept: int) -> None:
    subject = FakeSubject(kept)
    counted = tally(subject)

    for sid, status, is_asked in changes:
        if status is None:
            subject.drop(sid)
        else:
            subject.put(make_message(sid=sid, status=status))
        if is_asked:
            counted.counts()

    assert counted.counts() == Counter(message.status.value for message in subject.messages)


def test_all_are_looked_at_once_only() -> None:
    subject = FakeSubject()
    counted = tally(subject)
    for number in range(100):
        subject.put(make_message(sid=f"SM{number:032x}"))
        counted.counts()

    assert subject.looks == 1


def test_a_reset_counts_anew() -> None:
    subject = FakeSubject()
    counted = tally(subject)
    subject.put(make_message())
    counted.counts()
    subject.drop(make_message().sid)
    subject.feed.begin_anew()

    assert counted.counts() == {}
