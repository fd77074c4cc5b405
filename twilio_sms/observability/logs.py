"""One line in the log for each call, for people and for machines.

A line reads ``twilio.send_sms outcome=accepted status=queued sid=SM… to=+1555***4567 seconds=0.031 attempts=1``, and
its record has the same as attributes ``twilio_operation``, ``twilio_outcome`` and so on, for formatters of JSON.
There is never a body or a secret in it, and of a number only what the level of the line allows. What came from others
stays one word on one line: whatever is not printable ASCII is escaped, since control characters write lines of their
own, and bidirectional ones turn what a person reads.
"""

import logging
import re

from twilio_sms.errors import TwilioError
from twilio_sms.observability.outcomes import LEVELS, Outcome
from twilio_sms.observability.record import CallRecord
from twilio_sms.redaction import RedactLevel, Redactor, level_for, mask_numbers

_MAX_CHARACTERS = 100  # of what others wrote
_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}", re.ASCII)
_SEPARATORS = re.compile(r"[ \"=]")
_PREFIX = "twilio_"  # keeps our attributes apart from logging's own and from the program's

Fields = dict[str, str | int | float | None]


class CallLog:
    """Writes the lines. *success_level* is the level of a call that went well."""

    def __init__(self, logger: logging.Logger, redactor: Redactor, success_level: int = logging.INFO) -> None:
        self._logger = logger
        self._redactor = redactor
        self._levels = {**LEVELS, Outcome.ACCEPTED: success_level}
        self._shown = {level: level_for(level) for level in self._levels.values()}

    def is_enabled(self, outcome: Outcome) -> bool:
        """Whether a call with this outcome is written at all; ask before you make a record."""
        return self._logger.isEnabledFor(self._levels[outcome])

    def write(self, record: CallRecord) -> None:
        """Write one line."""
        level = self._levels[record.outcome]
        words: list[str] = []
        extra: dict[str, object] = {f"{_PREFIX}operation": record.operation}
        for name, value in self._fields(record, self._shown[level]).items():
            if value is not None:
                words.append(f"{name}={_word(value) if isinstance(value, str) else value}")
                extra[_PREFIX + name] = value
        self._logger.log(level, "twilio.%s %s", record.operation, " ".join(words), extra=extra)

    def _fields(self, record: CallRecord, shown: RedactLevel) -> Fields:
        message = record.message
        return {
            "outcome": record.outcome.value,
            "status": message.status.value if message else None,
            "sid": _clean(message.sid) if message else None,
            "to": _printable(self._redactor.phone(record.recipient, shown)) if record.recipient else None,
            "from": _printable(self._redactor.sender(record.sender, shown)) if record.sender else None,
            "segments": message.num_segments if message else None,
            **_error_fields(record.error),
            "seconds": round(record.seconds, 3),
            "attempts": record.attempts,
        }


def _error_fields(error: BaseException | None) -> Fields:
    """Say what went wrong. Never an error's own words: those of Twilio, or of others, may quote what was sent."""
    if error is None:
        return {}
    named: Fields = {"error": type(error).__name__}
    if not isinstance(error, TwilioError):
        return named
    return {
        **named,
        "code": error.code,
        "http_status": error.status,
        "request_id": _clean(error.request_id) if error.request_id else None,
        "retry_after_seconds": error.retry_after_seconds,
    }


def _clean(text: str) -> str:
    """Return what others wrote as printable ASCII without a whole number."""
    return text if _SID.fullmatch(text) else _printable(mask_numbers(text[:_MAX_CHARACTERS]))


def _printable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return text.encode("unicode_escape").decode("ascii")


def _word(text: str) -> str:
    """Return a text as one word, so that no value can look like another field."""
    if not _SEPARATORS.search(text):
        return text
    return '"' + text.replace('"', '\\"') + '"'
