"""One line for each call: all that helps, nothing that tells."""

import json
import logging
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import MESSAGE_SID, RECIPIENT, SENDER, message_json
from twilio_sms.domain.message import Message
from twilio_sms.errors import Evidence, InvalidRecipientError, LocalRateLimitError
from twilio_sms.observability.logs import CallLog
from twilio_sms.observability.outcomes import Outcome
from twilio_sms.observability.record import CallRecord
from twilio_sms.redaction import Redactor
from twilio_sms.verdict import Verdict

KEY = b"a key of the tests"
CANARY = "canary in the body"
MESSAGE = Message.from_json(message_json())
REFUSED = InvalidRecipientError(
    f"{CANARY} {RECIPIENT}",
    Evidence(verdict=Verdict.REJECTED, status=400, code=21211, request_id="RQ" + "0d" * 16),
)


class Kept(logging.Handler):
    """Keeps the records that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _write(success_level: int = logging.INFO, **changes) -> logging.LogRecord:
    """Write a line about a call, and return its record."""
    kept = Kept()
    logger = logging.Logger("twilio_sms", logging.DEBUG)
    logger.addHandler(kept)
    told = {"operation": "send_sms", "outcome": Outcome.ACCEPTED, "seconds": 0.0314159, "recipient": RECIPIENT}
    CallLog(logger, Redactor(KEY), success_level).write(CallRecord(**{**told, **changes}))
    (record,) = kept.records
    return record


def _added(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name.startswith("twilio_")}


def test_a_sent_message_is_one_line():
    message = Message.from_json(message_json(body=CANARY))

    record = _write(message=message, sender=SENDER, attempts=1)

    assert (record.name, record.levelname) == ("twilio_sms", "INFO")
    assert record.getMessage() == (
        f"twilio.send_sms outcome=accepted status=queued sid={MESSAGE_SID} to=+1555***4567 from=+1500***0006 "
        "segments=1 seconds=0.031 attempts=1"
    )


def test_a_refusal_tells_its_codes_and_never_its_text():
    record = _write(outcome=Outcome.REJECTED, error=REFUSED, attempts=2)

    assert record.levelname == "WARNING"
    assert record.getMessage() == (
        "twilio.send_sms outcome=rejected to=+1*********67 error=InvalidRecipientError code=21211 http_status=400 "
        f"request_id=RQ{'0d' * 16} seconds=0.031 attempts=2"
    )
    assert record.exc_info is None


def test_a_gate_tells_how_long_to_wait():
    error = LocalRateLimitError("too fast", Evidence(retry_after_seconds=1.5, attempts=0))

    assert " retry_after_seconds=1.5 " in _write(outcome=Outcome.RATE_LIMIT, error=error).getMessage()


def test_an_error_of_somebody_else_is_told_by_its_class():
    assert "error=KeyError seconds" in _write(outcome=Outcome.ERROR, error=KeyError(CANARY)).getMessage()


def test_a_record_has_the_same_as_attributes_for_formatters_of_json():
    record = _write(message=Message.from_json(message_json()), attempts=1)

    assert json.loads(json.dumps(_added(record))) == {
        "twilio_operation": "send_sms",
        "twilio_outcome": "accepted",
        "twilio_status": "queued",
        "twilio_sid": MESSAGE_SID,
        "twilio_to": "+1555***4567",
        "twilio_segments": 1,
        "twilio_seconds": 0.031,
        "twilio_attempts": 1,
    }


@pytest.mark.parametrize(
    ("outcome", "success_level", "shown"),
    [
        pytest.param(Outcome.ACCEPTED, logging.INFO, r"\+1555\*\*\*4567", id="info: full"),
        pytest.param(Outcome.REJECTED, logging.INFO, r"\+1\*{9}67", id="warning: partial"),
        pytest.param(Outcome.UNKNOWN, logging.INFO, r"\+1\*{9}67", id="error: partial"),
        pytest.param(Outcome.ACCEPTED, logging.DEBUG, r"hash:[0-9a-f]{8}", id="debug: hash"),
    ],
)
def test_the_level_of_the_line_says_how_much_of_a_number_it_shows(outcome, success_level, shown):
    assert re.fullmatch(shown, _added(_write(success_level, outcome=outcome))["twilio_to"])


@pytest.mark.parametrize(
    ("sid", "word"),
    [
        pytest.param("SM1\noutcome=accepted", r'sid="SM1\noutcome=accepted"', id="line end"),
        pytest.param("SM1 to=me", 'sid="SM1 to=me"', id="another field"),
        pytest.param('SM"1', r'sid="SM\"1"', id="quote"),
        pytest.param("SM\x1b[31m", r"sid=SM\x1b[31m", id="terminal"),
        pytest.param("SM\x9b31m", r"sid=SM\x9b31m", id="terminal, one byte"),
        pytest.param("SM\u202e1", r"sid=SM\u202e1", id="right to left"),
        pytest.param("SM\u20281", r"sid=SM\u20281", id="line separator"),
        pytest.param("SM\ud8001", r"sid=SM\ud8001", id="half a character"),
        pytest.param("SM%s%d", "sid=SM%s%d", id="percent"),
        pytest.param(f"SM {RECIPIENT}", 'sid="SM +1555***4567"', id="number"),
        pytest.param("S" * 101, f"sid={'S' * 100} to", id="endless"),
    ],
)
def test_what_others_wrote_stays_one_word_on_one_line(sid, word):
    assert word in _write(message=replace(MESSAGE, sid=sid)).getMessage()


@given(text=st.text(min_size=1, max_size=60), digits=st.from_regex(r"\+[1-9][0-9]{9,14}", fullmatch=True))
def test_no_line_holds_a_whole_number_or_a_character_that_does_something(text, digits):
    message = replace(MESSAGE, sid=text, body=CANARY, to=digits, from_=digits)

    for outcome in Outcome:
        record = _write(outcome=outcome, message=message, recipient=digits, sender=digits, error=REFUSED)
        for shown in (record.getMessage(), json.dumps(_added(record), ensure_ascii=False)):
            assert shown.isascii()
            assert shown.isprintable()
            assert digits[1:] not in shown
            assert CANARY not in shown


@pytest.mark.parametrize(
    ("level", "written"),
    [
        (logging.INFO, {Outcome.ACCEPTED, Outcome.REJECTED, Outcome.UNKNOWN}),
        (logging.WARNING, {Outcome.REJECTED, Outcome.UNKNOWN}),
        (logging.ERROR, {Outcome.UNKNOWN}),
        (logging.CRITICAL, set()),
    ],
    ids=["info", "warning", "error", "critical"],
)
def test_a_line_is_asked_for_by_its_own_level(level, written):
    log = CallLog(logging.Logger("twilio_sms", level), Redactor(KEY))

    assert {o for o in (Outcome.ACCEPTED, Outcome.REJECTED, Outcome.UNKNOWN) if log.is_enabled(o)} == written
