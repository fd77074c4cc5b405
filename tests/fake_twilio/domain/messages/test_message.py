"""Tests of a message and its moves."""

from dataclasses import FrozenInstanceError, replace
from itertools import product

import pytest

from fake_twilio.domain.fate.lifecycle import FOLLOWS, Status
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.feedback import Feedback, Outcome
from fake_twilio.domain.messages.message import Change
from tests.fake_twilio.doubles import RECIPIENT, SENDER, START, make_message

PAIRS = list(product(Status, Status))


@pytest.mark.parametrize(("now", "following"), PAIRS, ids=str)
def test_a_message_moves_as_the_table_says(now: Status, following: Status) -> None:
    message = make_message(status=now)

    if following in FOLLOWS[now]:
        assert message.moved(START + 1, Step(following, 0), SENDER).status is following
        return
    with pytest.raises(ValueError, match=f"^{following} may not follow {now}$"):
        message.moved(START + 1, Step(following, 0), SENDER)


def test_a_move_is_written_into_the_timeline_and_taken_from_the_plan() -> None:
    plan = (Step(Status.SENT, 1), Step(Status.UNDELIVERED, 2, 30007))
    message = make_message(plan=plan)

    moved = message.moved(START + 1, plan[0], SENDER).moved(START + 3, plan[1], SENDER)

    assert moved.timeline[1:] == (Change(START + 1, Status.SENT), Change(START + 3, Status.UNDELIVERED, 30007))
    assert (moved.plan, moved.error_code, moved.updated_at) == ((), 30007, START + 3)


def test_each_move_takes_one_step_of_the_plan_and_an_end_takes_all() -> None:
    plan = (Step(Status.SENDING, 1), Step(Status.SENT, 1), Step(Status.DELIVERED, 1))

    sending = make_message(plan=plan).moved(START + 1, plan[0], SENDER)
    failed = sending.moved(START + 2, Step(Status.FAILED, 1, 30003), SENDER)

    assert sending.plan == plan[1:]
    assert failed.plan == ()


def test_a_move_leaves_the_message_before_it_as_it_was() -> None:
    message = make_message()

    message.moved(START + 1, Step(Status.SENT, 1), SENDER)

    assert message == make_message()


def test_the_moment_of_sending_is_when_it_was_sent_and_stays() -> None:
    queued = make_message()

    sent = queued.moved(START + 5, Step(Status.SENT, 5), SENDER)
    delivered = sent.moved(START + 9, Step(Status.DELIVERED, 4), SENDER)

    assert (queued.sent_at, sent.sent_at, delivered.sent_at) == (None, START + 5, START + 5)


def test_a_queued_message_has_the_sender_that_was_chosen() -> None:
    message = make_message(status=Status.ACCEPTED, sender=None)

    assert message.moved(START, Step(Status.QUEUED, 0), SENDER).sender == SENDER


def test_a_canceled_message_never_gets_a_sender() -> None:
    message = make_message(status=Status.SCHEDULED, sender=None)

    assert message.moved(START, Step(Status.CANCELED, 0), SENDER).sender is None


def test_a_redacted_message_has_no_text_and_the_rest() -> None:
    message = make_message(form=(("To", RECIPIENT), ("Body", "hello"), ("body", "x"), ("Body", "hello")))

    redacted = message.redacted(START + 9)

    assert redacted == make_message(body="", updated_at=START + 9, form=(("To", RECIPIENT), ("body", "x")))


def test_feedback_is_kept_since_its_first_report_and_leaves_the_rest() -> None:
    once = make_message().reported(Outcome.UNCONFIRMED, START + 1)
    twice = once.reported(Outcome.CONFIRMED, START + 2)

    assert once == make_message(feedback=Feedback(Outcome.UNCONFIRMED, START + 1, START + 1))
    assert twice == make_message(feedback=Feedback(Outcome.CONFIRMED, START + 1, START + 2))


def test_a_message_remembers_which_media_were_deleted_and_that_they_were_sent() -> None:
    message = make_message(media_urls=("http://h/1", "http://h/2"))

    assert message.without_media(1) == make_message(media_urls=message.media_urls, deleted_media=(1,))


def test_a_message_that_moved_is_what_replacing_its_fields_would_make() -> None:
    queued = make_message(plan=(Step(Status.SENT, 1.0),), options=(("Attempt", "2"),))

    sent = queued.moved(START + 1, queued.plan[0], SENDER)

    assert sent == replace(
        queued,
        status=Status.SENT,
        updated_at=START + 1,
        sent_at=START + 1,
        timeline=(*queued.timeline, Change(START + 1, Status.SENT)),
        plan=(),
    )
    assert (hash(sent), type(sent)) == (hash(replace(sent)), type(queued))
    with pytest.raises(FrozenInstanceError):
        sent.status = Status.FAILED
