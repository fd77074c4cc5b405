"""One request out and its answer back: what came is read, what failed becomes the right error."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any, TypeVar

from twilio_sms.catalogue import error_class
from twilio_sms.clock import Clock
from twilio_sms.credentials import Credentials
from twilio_sms.domain.form import Form
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    ConnectionFailedError,
    Evidence,
    NoAnswerError,
    TwilioError,
)
from twilio_sms.transport.wire import LostAnswer, Request, Response, Timeouts, Transport
from twilio_sms.verdict import Phase, Verdict

Json = dict[str, Any]
T = TypeVar("T")


class Effect(Enum):
    """What a call does when it is made twice."""

    READ = "read"  # nothing
    CHANGE = "change"  # the same once more
    SEND = "send"  # a second message


class Gateway:
    """The API of one account."""

    def __init__(
        self, base_url: str, credentials: Credentials, transport: Transport, timeouts: Timeouts, clock: Clock
    ) -> None:
        self._base_url = base_url
        self._credentials = credentials
        self._transport = transport
        self._timeouts = timeouts
        self._clock = clock

    def get(self, path: str, read: Callable[[Json], T], query: Form = ()) -> T:
        """Return what *read* makes of what is at *path*; it raises `ValueError` for what it cannot read."""
        return self._call("GET", path, query, Effect.READ, read)

    def post(self, path: str, form: Form, read: Callable[[Json], T]) -> T:
        """Change what is at *path*, and return what *read* makes of the answer."""
        return self._call("POST", path, form, Effect.CHANGE, read)

    def create_message(self, path: str, form: Form, read: Callable[[Json], T], recipient: str) -> T:
        """Send a message; *recipient* is its masked number, for errors. At most one request is made."""
        return self._call("POST", path, form, Effect.SEND, read, recipient)

    def delete(self, path: str) -> None:
        """Delete what is at *path*."""
        self._exchange("DELETE", path, (), Effect.CHANGE, None)

    def _call(
        self,
        method: str,
        path: str,
        form: Form,
        effect: Effect,
        read: Callable[[Json], T],
        recipient: str | None = None,
    ) -> T:
        response = self._exchange(method, path, form, effect, recipient)
        try:
            return read(_json_object(response))
        except ValueError as error:
            raise _unreadable(response, effect, recipient, str(error)) from error

    def _exchange(self, method: str, path: str, form: Form, effect: Effect, recipient: str | None) -> Response:
        request = Request(
            method=method,
            url=self._base_url + path,
            form=form,
            authorization=self._credentials.basic_auth().header(),
            timeouts=self._timeouts,
        )
        try:
            response = self._transport.send(request)
        except LostAnswer as lost:
            raise _lost(lost, effect, recipient) from lost
        if response.verdict is not Verdict.ACCEPTED:
            raise _refused(response, effect, recipient, self._clock.now())
        return response


def _is_repeatable(verdict: Verdict, effect: Effect) -> bool:
    """A call may be repeated if it provably had no effect, or has none."""
    return verdict is Verdict.NOT_SENT or (effect is Effect.READ and verdict is Verdict.UNKNOWN)


def _lost(lost: LostAnswer, effect: Effect, recipient: str | None) -> TwilioError:
    evidence = Evidence(
        verdict=lost.verdict,
        phase=lost.phase,
        repeatable=_is_repeatable(lost.verdict, effect),
        recipient=recipient,
    )
    if lost.verdict is Verdict.NOT_SENT:
        return ConnectionFailedError(f"nothing was sent: {lost.reason}", evidence)
    if effect is Effect.SEND:
        return AmbiguousSendError(
            f"the message to {recipient} may have been sent, its answer is lost ({lost.reason}): "
            "look for it before you send it again",
            evidence,
        )
    return NoAnswerError(f"the request was sent, its answer is lost ({lost.reason})", evidence)


def _refused(response: Response, effect: Effect, recipient: str | None, now: datetime) -> TwilioError:
    tree = _error_tree(response)
    code = _whole(tree.get("code"))
    evidence = Evidence(
        verdict=response.verdict,
        phase=Phase.ANSWERED,
        status=response.status,
        code=code,
        more_info=_text(tree.get("more_info")),
        request_id=response.headers.get("twilio-request-id"),
        headers=response.headers,
        retry_after_seconds=_retry_after(response.headers, now),
        repeatable=_is_repeatable(response.verdict, effect),
        recipient=recipient,
    )
    told = _text(tree.get("message")) or "no reason given"
    message = f"HTTP {response.status}, code {code}: {told}" if code else f"HTTP {response.status}: {told}"
    if response.verdict is Verdict.UNKNOWN and effect is Effect.SEND:
        return AmbiguousSendError(
            f"the message to {recipient} may have been sent ({message}): look for it before you send it again",
            evidence,
        )
    return error_class(response.status, code)(message, evidence)


def _unreadable(response: Response, effect: Effect, recipient: str | None, reason: str) -> TwilioError:
    evidence = Evidence(
        verdict=response.verdict,
        phase=Phase.ANSWERED,
        status=response.status,
        request_id=response.headers.get("twilio-request-id"),
        headers=response.headers,
        repeatable=effect is Effect.READ,
        recipient=recipient,
    )
    if effect is Effect.SEND:
        return AcceptedWithoutSidError(
            f"the message to {recipient} was accepted, but the answer cannot be read ({reason}): do not send it again",
            evidence,
        )
    return AnswerError(f"the answer of HTTP {response.status} cannot be read: {reason}", evidence)


def _json_object(response: Response) -> Json:
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


def _error_tree(response: Response) -> Json:
    try:
        return _json_object(response)
    except ValueError:
        return {}


def _whole(value: object) -> int | None:
    """Return an error code, which is a number, or a text of digits in some answers."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read Retry-After, seconds or an HTTP date; one that cannot be read counts as absent."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value) if len(value) < 10 else None
    try:
        date = parsedate_to_datetime(value)
        return max(0.0, ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
