"""Tests of what a run has shown."""

import pytest

from fake_twilio.kit.evidence import MAX_TIMELINES, Evidence
from tests.fake_twilio.doubles import MESSAGE_SID, START, make_message


def evidence(*messages: object) -> Evidence:
    return Evidence(
        run="seed=1",
        url="http://127.0.0.1:9",
        start=START,
        messages=messages,
        callbacks=(),
        alerts=(),
        opt_outs=(),
    )


def test_what_came_in_was_not_sent() -> None:
    sent, replied = make_message(), make_message(direction="outbound-reply")

    assert evidence(sent, make_message(direction="inbound"), replied).outbound == (sent, replied)


def test_a_timeline_is_of_a_message_that_there_is() -> None:
    shown = evidence(make_message())

    assert shown.timeline(MESSAGE_SID).message == make_message()
    with pytest.raises(LookupError, match="no message SM1: wanted the SID of one that this test made"):
        shown.timeline("SM1")


def test_a_report_shows_the_latest_messages_and_how_many_it_leaves_out() -> None:
    messages = [make_message(sid=f"SM{n:02}") for n in range(MAX_TIMELINES + 2)]

    lines = evidence(*messages).report().splitlines()

    assert lines[:2] == ["seed=1", "2 earlier messages are not shown"]
    assert [line[:4] for line in lines if line.startswith("SM")] == [f"SM{n:02}" for n in range(2, 22)]


def test_a_moment_is_told_from_the_beginning_of_the_run() -> None:
    assert evidence().moment(START + 1.5) == "+1.500 s"
    assert evidence().report() == "seed=1"
