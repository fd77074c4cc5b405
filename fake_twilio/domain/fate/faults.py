"""What may go wrong with a connection, or with the answer on it, as values."""

from dataclasses import dataclass, replace
from enum import StrEnum

FAULT = "fake_twilio.fault"  # where an application leaves a `Fault` in its WSGI environ, for the connection to perform
ANSWERED = (
    "fake_twilio.answered"  # where it leaves what is called once, right before the last that is seen of a `Fault`
)
LONGEST_SECONDS = 600.0


class Break(StrEnum):
    """What goes wrong with the connection or the answer; the connection is closed after it."""

    RESET_BEFORE_READING = "reset_before_reading"  # as soon as a request begins; nothing of it is read
    RESET = "reset"  # after the request was read whole, without an answer
    CLOSE = "close"  # in order, without an answer
    HANG = "hang"  # no answer at all, until the client goes or the server has had enough
    HALF_BODY = "half_body"  # the head with the right length, and half of the body
    GARBAGE = "garbage"  # bytes that are no HTTP
    WRONG_LENGTH = "wrong_length"  # the length that is told is greater than the body
    MALFORMED_JSON = "malformed_json"  # head and length are right, the JSON has no end
    HTML = "html"  # a proxy's page with an error status in place of the answer


DAMAGES_ANSWER = frozenset({Break.HALF_BODY, Break.GARBAGE, Break.WRONG_LENGTH, Break.MALFORMED_JSON})
"""The request is processed, and what the client sees is its true answer, damaged."""

REPLACES_ANSWER = frozenset({Break.RESET, Break.CLOSE, Break.HANG, Break.HTML})
"""The client never sees the true answer, whether or not there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a client sees on the wire; all seconds are real ones, since its socket waits in real time.

    *status* is that of the HTML page. The answer, or what takes its place, comes after *latency_seconds*; its bytes
    come in small pieces spread over *drip_seconds*. Without a *kind* the answer is slow and whole, and the connection
    is kept.
    Raises `ValueError` for seconds that are not 0 to 600, and for a status that is not 400 to 599.
    """

    kind: Break | None = None
    status: int = 502
    latency_seconds: float = 0.0
    drip_seconds: float = 0.0

    def __post_init__(self) -> None:
        for name in ("latency_seconds", "drip_seconds"):
            seconds = getattr(self, name)
            if not 0 <= seconds <= LONGEST_SECONDS:
                raise ValueError(f"{name} must be 0 to {LONGEST_SECONDS:g} seconds, is {seconds:g}")
        if not 400 <= self.status <= 599:
            raise ValueError(f"status must be that of an error, 400 to 599, is {self.status}")

    def on_top_of(self, earlier: "Fault | None") -> "Fault":
        """Return what a client sees of both: the kind of this one, if it has one, and the longer of both waits."""
        if earlier is None:
            return self
        return replace(
            earlier if self.kind is None else self,
            latency_seconds=max(self.latency_seconds, earlier.latency_seconds),
            drip_seconds=max(self.drip_seconds, earlier.drip_seconds),
        )
