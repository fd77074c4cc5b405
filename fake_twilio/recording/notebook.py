"""What was seen of messages, in memory: which status when, what was refused, how long answers took."""

from collections import deque
from dataclasses import dataclass, field, replace
from threading import Lock

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.recording.traffic import Refused, Sight

MOST = 100_000  # messages, refusals and latencies that are remembered
DATE_SECONDS = 1.0  # how exact Twilio's dates are


@dataclass(frozen=True, slots=True)
class Moment:
    """A status, and the seconds from the message's beginning to it."""

    status: Status
    seconds: float
    error_code: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message, and the statuses that it was seen with; *began* is when its making was answered, if it was seen."""

    recipient: str = field(repr=False)
    sender: str | None = field(repr=False)
    began: float | None
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """All that was seen, in the order in which it began."""

    messages: tuple[Seen, ...] = ()
    refusals: tuple[Refused, ...] = ()
    latencies: tuple[float, ...] = ()


class Notebook:
    """Takes notes from many threads; moments are those of a monotonic clock.

    Of messages the first *most* are remembered, of refusals and latencies the last ones.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._messages: dict[str, Seen] = {}
        self._refusals: deque[Refused] = deque(maxlen=most)
        self._latencies: deque[float] = deque(maxlen=most)
        self._lock = Lock()

    def note_latency(self, seconds: float) -> None:
        with self._lock:
            self._latencies.append(seconds)

    def note_refusal(self, refused: Refused) -> None:
        with self._lock:
            self._refusals.append(refused)

    def note_sight(self, sight: Sight, at: float, *, is_new: bool) -> None:
        """Note how a message looked at a moment; *is_new* says that it was just made."""
        unseen = Seen(recipient=sight.recipient, sender=sight.sender, began=at if is_new else None)
        with self._lock:
            if sight.sid not in self._messages and len(self._messages) >= self._most:
                return
            seen = self._messages.get(sight.sid, unseen)
            self._messages[sight.sid] = _with(seen, sight, at)

    def notes(self) -> Notes:
        """Return all that was seen until now."""
        with self._lock:
            return Notes(tuple(self._messages.values()), tuple(self._refusals), tuple(self._latencies))


def _with(seen: Seen, sight: Sight, at: float) -> Seen:
    if seen.moments and seen.moments[-1].status is sight.status:
        return seen
    moment = Moment(sight.status, _seconds(seen.began, at, sight.dated_seconds), sight.error_code)
    return replace(seen, moments=(*seen.moments, moment))


def _seconds(began: float | None, at: float, dated: float | None) -> float:
    """Return how long after its beginning a status came.

    What was measured is finer than the dates, but too long where nobody looked for a while: then the dates count.
    """
    measured = None if began is None else at - began
    if measured is None or (dated is not None and abs(measured - dated) > DATE_SECONDS):
        return dated or 0.0
    return measured
