"""What failed becomes the right error, with what is known of it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from twilio_sms.catalogue import error_class
from twilio_sms.domain.dates import read_date
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    ConnectionFailedError,
    Evidence,
    NoAnswerError,
    TwilioError,
)
from twilio_sms.transport.wire import LostAnswer, Response
from twilio_sms.verdict import Effect, Phase, Verdict, is_repeatable

Json = dict[str, Any]
_END_OF_CODES = 10**9  # Twilio's have five digits; what is larger is none, and may not fit where codes are kept


class ForeignAnswer(Exception):  # noqa: N818 - it names what came
    """An answer that was read is that of another request: what became of this one is not known."""


class Attempt(NamedTuple):
    """One attempt at a call, as far as an error tells of it; *recipient* is masked."""

    effect: Effect
    recipient: str | None = None
    row_key: str | None = None
    number: int = 1
    started_at: datetime | None = None
    address: str = "Twilio"  # of the API

    def evidence(self, **facts: Any) -> Evidence:
        """Return *facts* with what is known of the attempt itself."""
        return Evidence(
            recipient=self.recipient,
            attempts=self.number,
            started_at=self.started_at,
            row_key=self.row_key,
            **facts,
        )


def lost_answer(lost: LostAnswer, attempt: Attempt) -> TwilioError:
    """Return the error of an *attempt* whose answer did not come."""
    evidence = attempt.evidence(
        verdict=lost.verdict,
        phase=lost.phase,
        repeatable=is_repeatable(lost.verdict, attempt.effect),
    )
    if lost.verdict is Verdict.NOT_SENT:
        return ConnectionFailedError(f"nothing was sent to {attempt.address}: {lost.reason}", evidence)
    if attempt.effect is Effect.SEND:
        return AmbiguousSendError(
            f"the message to {attempt.recipient} may have been sent, its answer is lost ({lost.reason}): "
            "look for it before you send it again",
            evidence,
        )
    return NoAnswerError(f"the request was sent, its answer is lost ({lost.reason})", evidence)


def refusal(response: Response, attempt: Attempt, now: datetime) -> TwilioError:
    """Return the error of an answer that is no success; *now* is for a Retry-After that is a date."""
    tree = _error_tree(response)
    code = _whole(tree.get("code"))
    evidence = _answered(
        response,
        attempt,
        code=code,
        more_info=_text(tree.get("more_info")),
        retry_after_seconds=_retry_after(response.headers, now),
        repeatable=is_repeatable(response.verdict, attempt.effect),
    )
    told = _text(tree.get("message")) or "no reason given"
    message = f"HTTP {response.status}, code {code}: {told}" if code else f"HTTP {response.status}: {told}"
    if response.verdict is Verdict.UNKNOWN and attempt.effect is Effect.SEND:
        return AmbiguousSendError(
            f"the message to {attempt.recipient} may have been sent ({message}): look for it before you send it again",
            evidence,
        )
    return error_class(response.status, code)(message, evidence)


def unreadable(response: Response, attempt: Attempt, reason: str) -> TwilioError:
    """Return the error of a success that cannot be read."""
    evidence = _answered(response, attempt, repeatable=attempt.effect is Effect.READ)
    if attempt.effect is Effect.SEND:
        return AcceptedWithoutSidError(
            f"the message to {attempt.recipient} was accepted, but the answer cannot be read ({reason}): "
            "do not send it again",
            evidence,
        )
    return AnswerError(f"the answer of HTTP {response.status} cannot be read: {reason}", evidence)


def json_object(response: Response) -> Json:
    """Return the body's JSON object; raise `ValueError` if there is none."""
    if response.damage:
        raise ValueError(response.damage)
    try:
        tree = json.loads(response.body)
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON") from None
    if not isinstance(tree, dict):
        raise ValueError("it is not the JSON that was wanted")  # noqa: TRY004 - what came is wrong, not a type of ours
    return tree


def _answered(response: Response, attempt: Attempt, **facts: Any) -> Evidence:
    """Return *facts* with what is known once a status line came whole."""
    return attempt.evidence(
        verdict=response.verdict,
        phase=Phase.ANSWERED,
        status=response.status,
        request_id=response.headers.get("twilio-request-id"),
        headers=response.headers,
        **facts,
    )


def _error_tree(response: Response) -> Json:
    try:
        return json_object(response)
    except ValueError:
        return {}


def _whole(value: object) -> int | None:
    """Return an error code, which is a number, or a text of digits in some answers."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and abs(value) < _END_OF_CODES else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read Retry-After, seconds or an HTTP date; one that cannot be read counts as absent."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value) if len(value) < 10 else None
    date = read_date(value)
    return None if date is None else max(0.0, (date - now).total_seconds())
