"""Tests of what an answer may say."""

import pytest

from tests.doubles import message_json
from twilio_sms.domain.message import Message
from twilio_sms.errors import ValidationError
from twilio_sms.simulation.mock_facts import facts_of

TO = "+15551234567"


def test_counts_are_texts_as_twilio_writes_them() -> None:
    facts = facts_of(TO, None, {"num_segments": 2, "error_code": 30007, "status": "failed"})

    assert facts == {"num_segments": "2", "error_code": 30007, "status": "failed"}


def test_a_message_says_all_that_it_says() -> None:
    message = Message.from_json(message_json(price="-0.0079"))

    assert Message.from_json(facts_of(TO, message, {})) == message


@pytest.mark.parametrize(
    ("message", "facts", "reason"),
    [
        (None, {"stauts": "sent"}, "stauts is no fact"),
        (None, {"status": "gone"}, "status must be one of accepted"),
        (None, {"num_segments": "2"}, "num_segments must be a whole number"),
        (Message.from_json(message_json()), {"status": "sent"}, "not both"),
        (Message.from_json(message_json(to="+15550000000")), {}, "the number that it answers for"),
        ("queued", {}, "is a Message, or facts by name such as .*, is str"),
    ],
)
def test_what_no_answer_says_is_refused(message: Message | None, facts: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        facts_of(TO, message, facts)
