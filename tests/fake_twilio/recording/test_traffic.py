"""Tests of what requests and answers say about messages."""

from dataclasses import replace
from typing import Any

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.recording.traffic import Refused, address_of, is_creation, read_refusal, read_sights
from fake_twilio.recording.wire import Answered, Asked
from tests.doubles import MESSAGE_SID, RECIPIENT, SENDER
from tests.fake_twilio.recording.answers import CREATION, FETCH, MESSAGES, ONE, answered, sight, tree

LIST = Asked(method="GET", target=f"{MESSAGES}?PageSize=50")


def test_a_creation_and_a_look_show_a_message() -> None:
    assert list(read_sights(CREATION, answered(tree(), 201))) == [sight(Status.QUEUED, dated_seconds=0.0)]
    failed = tree("failed", error_code=30007, date_updated="Thu, 24 Aug 2023 05:01:48 +0000")
    assert list(read_sights(FETCH, answered(failed))) == [
        sight(Status.FAILED, error_code=30007, dated_seconds=3.0),
    ]


def test_a_list_shows_many() -> None:
    page = {"messages": [tree("sent"), tree("delivered", sid="SM1")]}

    assert [each.status for each in read_sights(LIST, answered(page))] == ["sent", "delivered"]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (FETCH, answered(tree(direction="inbound", status="received"))),
        (FETCH, answered(tree("a status of tomorrow"))),
        (FETCH, answered({"code": 20404}, 404)),
        (FETCH, Answered(status=200, body=b"<xml/>")),
        (FETCH, answered([1])),
        (LIST, answered({"messages": [7]})),
        (Asked(method="GET", target=ONE.replace(".json", "/Media.json")), answered({"media_list": []})),
        (Asked(method="GET", target="/v1/Services"), answered(tree())),
    ],
    ids=["inbound", "unknown status", "not there", "XML", "no object", "no message", "media", "other API"],
)
def test_other_answers_show_none(asked: Asked, answer: Answered) -> None:
    assert list(read_sights(asked, answer)) == []


def test_what_is_nested_without_end_shows_none() -> None:
    assert not list(read_sights(FETCH, Answered(status=200, body=b"[" * 200_000)))


def test_dates_that_are_none_count_for_nothing() -> None:
    (seen,) = read_sights(FETCH, answered(tree(date_updated=None)))

    assert seen.dated_seconds is None


def test_a_refusal_has_its_code_and_both_numbers() -> None:
    refused = read_refusal(CREATION, answered({"code": 21211}, 400))

    assert refused == Refused(recipient=RECIPIENT, sender=SENDER, code=21211)


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        (CREATION, 201, {"code": 21211}),
        (CREATION, 500, {"code": 20500}),
        (CREATION, 400, {"code": None}),
        (replace(CREATION, body=b""), 400, {"code": 21604}),
        (FETCH, 404, {"code": 20404}),
    ],
)
def test_what_is_no_refusal_of_a_message_is_none(asked: Asked, status: int, content: dict[str, Any]) -> None:
    assert read_refusal(asked, answered(content, status)) is None


def test_a_message_has_its_address() -> None:
    assert address_of(CREATION, MESSAGE_SID) == ONE
    assert (is_creation(CREATION), is_creation(LIST)) == (True, False)
