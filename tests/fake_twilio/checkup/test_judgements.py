"""Tests of what an answer says about an app."""

import pytest

from fake_twilio.checkup.finding import Grade, Verdict
from fake_twilio.checkup.judgements import (
    is_accepted,
    is_connected,
    judge_acceptance,
    judge_empty,
    judge_new_parameter,
    judge_other_form,
    judge_pace,
    judge_reach,
    judge_refusal,
    judge_repetition,
    judge_twiml,
)
from fake_twilio.delivery.webhook import Answer
from fake_twilio.domain.webhooks.retries import Failure
from tests.fake_twilio.checkup.apps import subject_of

SUBJECT = subject_of("http://user:secret@127.0.0.1:5000/sms#rc=1")
LOST = Answer(failure=Failure.BROKEN, error="ConnectionResetError: reset", seconds=0.1)


@pytest.mark.parametrize(
    ("answer", "grade"),
    [
        (Answer(status=204, seconds=4.9), Grade.PASS),
        (Answer(status=204, seconds=5.1), Grade.WARN),
        (Answer(failure=Failure.SILENT, error="TimeoutError", seconds=15.0), Grade.FAIL),
        (LOST, Grade.FAIL),
    ],
    ids=["quick", "slow", "silent", "broken"],
)
def test_an_answer_has_its_time(answer: Answer, grade: Grade) -> None:
    assert judge_pace(SUBJECT, answer).grade is grade


def test_the_measured_time_is_shown() -> None:
    assert judge_pace(SUBJECT, Answer(status=204, seconds=1.2346)) == Verdict(Grade.PASS, "answered in 1.235 s")


def test_a_shorter_patience_is_sooner_at_its_end() -> None:
    hasty = subject_of("http://127.0.0.1:5000/sms", timeout_seconds=0.3)

    assert judge_pace(hasty, Answer(status=204, seconds=0.11)).grade is Grade.WARN


@pytest.mark.parametrize(
    ("failure", "grade", "word"),
    [
        (Failure.CONNECT, Grade.FAIL, "start the app"),
        (Failure.REFUSED, Grade.FAIL, "--callback-allow"),
        (Failure.BROKEN, Grade.PASS, ""),
    ],
)
def test_what_can_be_reached_is_reached(failure: Failure, grade: Grade, word: str) -> None:
    verdict = judge_reach(SUBJECT, Answer(failure=failure, error="no"))

    assert (verdict.grade, word in verdict.advice) == (grade, True)


def test_an_address_is_shown_without_its_password() -> None:
    assert judge_reach(SUBJECT, Answer(status=204)).reason == "connected to http://127.0.0.1:5000/sms"


@pytest.mark.parametrize(
    ("status", "accepted", "refused"),
    [
        (200, Grade.PASS, Grade.FAIL),
        (302, Grade.FAIL, Grade.FAIL),
        (401, Grade.FAIL, Grade.PASS),
        (403, Grade.FAIL, Grade.PASS),
        (500, Grade.FAIL, Grade.FAIL),
    ],
)
def test_a_status_is_good_for_one_request_and_bad_for_another(status: int, accepted: Grade, refused: Grade) -> None:
    answer = Answer(status=status)

    assert (judge_acceptance(SUBJECT, answer).grade, judge_refusal(SUBJECT, answer).grade) == (accepted, refused)


@pytest.mark.parametrize("judge", [judge_acceptance, judge_refusal, judge_new_parameter, judge_repetition])
def test_no_answer_is_never_a_good_one(judge: type) -> None:
    verdict = judge(SUBJECT, LOST)

    assert (verdict.grade, "no answer (ConnectionResetError: reset)" in verdict.reason) == (Grade.FAIL, True)


@pytest.mark.parametrize(
    ("answer", "grade", "reason"),
    [
        (Answer(status=200, body=b" "), Grade.PASS, "0 messages to send, 0 redirects"),
        (Answer(status=200, body=b"hi", content_type="text/plain"), Grade.PASS, "1 messages to send, 0 redirects"),
        (Answer(status=200, body=b"hi"), Grade.FAIL, "Twilio's debugger would show 12300: Invalid Content-Type"),
        (Answer(status=200, body=b"x", is_cut=True), Grade.FAIL, "Twilio's debugger would show 11750: "),
    ],
    ids=["empty", "text", "no type", "too long"],
)
def test_an_answer_to_a_message_is_run(answer: Answer, grade: Grade, reason: str) -> None:
    verdict = judge_twiml(SUBJECT, answer)

    assert (verdict.grade, verdict.reason.startswith(reason)) == (grade, True)


def test_a_status_wants_no_words() -> None:
    assert judge_empty(SUBJECT, Answer(status=200)).grade is Grade.PASS
    assert judge_empty(SUBJECT, Answer(status=200, body=b"ok")).grade is Grade.WARN


def test_the_form_that_fits_is_named() -> None:
    assert "https://a.example/" in judge_other_form("https://a.example/").reason
    assert "auth token" in judge_other_form(None).advice


def test_a_failure_tells_how_far_it_came() -> None:
    assert not is_accepted(LOST)
    assert is_connected(LOST)
    assert not is_connected(Answer(failure=Failure.CONNECT))
