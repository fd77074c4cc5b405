"""Tests of what pages are told as it happens."""

import json
from typing import Any

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.inspector.live import MOST_ROWS, STREAMS, Live
from tests.fake_twilio.doubles import make_message
from tests.fake_twilio.inspector.subjects import FakeSubject


def live(subject: Any) -> Live:
    return Live(subject)


def test_what_changed_is_told_with_its_newest_status_and_what_is_gone_by_its_sid() -> None:
    subject = FakeSubject()
    subject.put(make_message())
    subject.put(make_message(status=Status.SENT))
    subject.put(make_message(sid="SM" + "9" * 32))
    subject.drop("SM" + "9" * 32)

    told = live(subject).changes(0)

    assert [(row["sid"], row["status"]) for row in told["rows"]] == [(make_message().sid, "sent")]
    assert (told["newest"], told["is_anew"], told["gone"]) == (4, False, ["SM" + "9" * 32])
    assert told["counts"] == {"sent": 1}


def test_who_missed_much_begins_anew() -> None:
    subject = FakeSubject()
    for number in range(MOST_ROWS + 1):
        subject.put(make_message(sid=f"SM{number:032x}"))
    asked = live(subject)

    assert asked.changes(0)["is_anew"]
    assert not asked.changes(1)["is_anew"]
    assert asked.changes(-1)["is_anew"]


def test_only_so_many_streams_are_open_and_each_that_is_closed_makes_room() -> None:
    asked = live(FakeSubject())
    held = [asked.stream(0) for _ in range(STREAMS)]

    refused = asked.stream(0)
    closing: Any = held[0]
    closing.close()  # it was never read: its place comes back all the same
    closing.close()

    assert None not in held
    assert refused is None
    assert asked.stream(0) is not None
    assert asked.stream(0) is None


def test_a_stream_tells_what_changed_and_ends_with_the_fake() -> None:
    subject = FakeSubject()
    subject.put(make_message())
    asked = live(subject)
    stream: Any = asked.stream(0)

    first, event = next(stream), next(stream)
    asked.end()

    assert first == b"retry: 2000\n\n"
    number, _, data = event.decode().partition("\ndata: ")
    assert number == "id: 1"
    assert json.loads(data)["rows"][0]["body"] == "hello"
    assert list(stream) == []
