"""What went wrong on purpose, or was refused: a log for whoever asks what a run met."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fake_twilio.domain.values.logged import masked_number

MAX_INCIDENTS = 10_000


class Sort(StrEnum):
    """What kind of thing went wrong."""

    REFUSAL = "refusal"  # a request was refused; what: Twilio's code
    FAULT = "fault"  # a connection or an answer was broken; what: how
    CALLBACK = "callback"  # something was done to a status callback; what: which mischief


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that went wrong; *at* is in seconds since 1970."""

    at: float
    sort: Sort
    what: str
    message_sid: str | None = None
    rule: str | None = None
    recipient: str | None = None  # of a message that was refused, masked


class Incidents:
    """The last 10,000 incidents of a world."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._log: deque[Incident] = deque(maxlen=MAX_INCIDENTS)

    def note(
        self,
        sort: Sort,
        what: str,
        *,
        message_sid: str | None = None,
        rule: str | None = None,
        recipient: str | None = None,
    ) -> None:
        """Write down that something happened now; of *recipient*, whole as it came, no more than a mask is kept."""
        masked = None if recipient is None else masked_number(recipient)
        self._log.append(Incident(self._now(), sort, what, message_sid, rule, masked))

    def all(self) -> tuple[Incident, ...]:
        """Return what happened, in order."""
        return tuple(self._log.copy())
