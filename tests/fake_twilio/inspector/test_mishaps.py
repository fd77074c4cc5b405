"""What was done on purpose is said in words, and of this message only."""

from fake_twilio.domain.fate.chaos import Mischief
from fake_twilio.domain.fate.faults import Break
from fake_twilio.inspector.mishaps import WORDS, mishaps_of
from fake_twilio.records.incidents import Incident, Sort


def test_there_are_words_for_all_that_may_be_done_to_a_message() -> None:
    unread = {Break.RESET_BEFORE_READING}  # nobody knows which message it would have been

    assert WORDS.keys() == (set(Break) | set(Mischief) | {"slow"}) - unread


def test_only_what_befell_this_message_is_told() -> None:
    incidents = [
        Incident(1.0, Sort.FAULT, "half_body", "SM1"),
        Incident(2.0, Sort.CALLBACK, "drop", "SM2"),
        Incident(3.0, Sort.REFUSAL, "21211"),
        Incident(4.0, Sort.CALLBACK, "late", "SM1"),
    ]

    told = [(one.at, one.title) for one in mishaps_of("SM1", incidents)]

    assert told == [(1.0, "half of the answer to the request came"), (4.0, "a callback was held back")]
