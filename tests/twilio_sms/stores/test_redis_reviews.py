"""Texts wait for a person in Redis, each once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.doubles import RECIPIENT, SENDER
from twilio_sms.domain.review import Reason, Review
from twilio_sms.stores.redis_reviews import RedisReviews, from_json, to_json

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REVIEW = Review(
    sid="SM1", number=RECIPIENT, to=SENDER, body="stöp by", reason=Reason.DOUBTFUL, received_time=NOW, service="MG1"
)
SETTLED = replace(REVIEW, settled_time=NOW + timedelta(hours=1), actor="ann", note="no")


@pytest.fixture
def reviews(server):
    return RedisReviews(server.run, "reviews")


@pytest.mark.parametrize("review", [REVIEW, SETTLED], ids=["open", "settled"])
def test_a_review_is_read_as_it_was_written(review):
    assert from_json(to_json(review)) == review


@pytest.mark.parametrize("text", ["", "{}", "[]", "5", '"SM1"', "{", to_json(REVIEW).replace("doubtful", "odd")])
def test_what_is_no_review_is_refused(text):
    with pytest.raises((ValueError, TypeError)):
        from_json(text)


def test_a_message_is_put_on_the_list_once(reviews):
    assert [reviews.add(REVIEW), reviews.add(replace(REVIEW, body="other"))] == [True, False]
    assert reviews.all() == (REVIEW,)


def test_the_oldest_comes_first(reviews):
    older = replace(REVIEW, sid="SM2", received_time=NOW - timedelta(seconds=1))
    for review in (REVIEW, older):
        reviews.add(review)

    assert reviews.all() == (older, REVIEW)


def test_one_that_is_open_is_settled_once(reviews):
    reviews.add(REVIEW)
    settle = partial(reviews.settle, "SM1", SETTLED.settled_time, "ann", "no")

    assert [settle(), settle()] == [True, False]
    assert reviews.all() == (SETTLED,)


def test_one_that_is_not_there_is_not_settled(reviews):
    assert not reviews.settle("SM9", NOW, None, None)


def test_of_two_who_settle_it_at_once_one_did(server, reviews):
    reviews.add(REVIEW)

    def overtaken(script, keys, /, *arguments, insist):
        if len(arguments) == 3:
            reviews.settle("SM1", SETTLED.settled_time, "ann", "no")
        return server.run(script, keys, *arguments, insist=insist)

    assert not RedisReviews(overtaken, "reviews").settle("SM1", NOW, "bob", None)
    assert reviews.all() == (SETTLED,)
