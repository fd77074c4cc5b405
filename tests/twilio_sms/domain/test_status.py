"""Twilio's words for a status are known, and a new one is no trouble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.status import Status

# Twilio's OpenAPI file, `message_enum_status`.
WORDS = [
    "queued",
    "sending",
    "sent",
    "failed",
    "delivered",
    "undelivered",
    "receiving",
    "received",
    "accepted",
    "scheduled",
    "read",
    "partially_delivered",
    "canceled",
]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_twilio_has_its_status(word):
    assert Status.parse(word) == word
    assert Status.parse(word) is not Status.UNKNOWN


def test_there_is_no_status_that_twilio_does_not_have():
    assert set(Status) - {Status.UNKNOWN} == set(WORDS)


@given(text=st.text().filter(lambda text: text not in WORDS))
def test_a_word_that_is_new_becomes_unknown(text):
    assert Status.parse(text) is Status.UNKNOWN
