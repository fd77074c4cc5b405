"""What a run's charts show, as numbers over spans of time.

A run may last a second or a week, so the spans follow it: the shortest of a few round lengths with which all of it fits
into sixty. Each change is counted once, in the span in which it happened; how many messages have a status at a span's
end is the sum of what came and went until then.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple

from fake_twilio.delivery.lag import lag_seconds
from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Message

MOST_SPANS = 60
LENGTHS_SECONDS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400)


class Spans(NamedTuple):
    """Spans of the same length, one behind the other; moments are seconds since 1970."""

    first: float
    seconds: int
    number: int  # of them

    @classmethod
    def over(cls, begin: float, end: float) -> "Spans":
        """Return spans of a round length from *begin* to *end*, sixty at most, if need be of several days."""
        wanted = max(end - begin, 0.0) / (MOST_SPANS - 1)
        place = bisect_left(LENGTHS_SECONDS, wanted)
        days = -(-int(wanted + 1) // LENGTHS_SECONDS[-1])
        seconds = LENGTHS_SECONDS[place] if place < len(LENGTHS_SECONDS) else days * LENGTHS_SECONDS[-1]
        first = begin - begin % seconds
        return cls(first, seconds, int((max(end, begin) - first) // seconds) + 1)

    def place(self, at: float) -> int:
        """Return which span *at* lies in; what lies outside counts in the nearest."""
        return min(max(int((at - self.first) // self.seconds), 0), self.number - 1)

    @property
    def begins(self) -> tuple[float, ...]:
        """When each begins."""
        return tuple(self.first + place * self.seconds for place in range(self.number))


class Series(NamedTuple):
    """A name, and a number for each span, or ``None`` where there is nothing to measure."""

    name: str
    values: tuple[float | None, ...]


class Measures(NamedTuple):
    """All that is drawn."""

    spans: Spans
    traffic: tuple[Series, ...]  # how many in each span
    lags: tuple[Series, ...]  # seconds
    statuses: tuple[Series, ...]  # how many messages have which, at the end of each span


def measure(messages: Sequence[Message], deliveries: Iterable[Delivery], now: float) -> Measures | None:
    """Return what there is to draw until *now*, ``None`` if there is no message."""
    if not messages:
        return None
    spans = Spans.over(min(message.created_at for message in messages), now)
    ended = [(delivery, delivery.ended_at) for delivery in deliveries if delivery.ended_at is not None]
    traffic = (
        Series("messages", _counted(spans, (message.created_at for message in messages))),
        Series("callbacks", _counted(spans, (at for _, at in ended))),
    )
    return Measures(spans, traffic, _lags(spans, messages, ended), _statuses(spans, messages))


def _counted(spans: Spans, moments: Iterable[float]) -> tuple[float, ...]:
    counts = Counter(map(spans.place, moments))
    return tuple(counts[place] for place in range(spans.number))


def _lags(spans: Spans, messages: Sequence[Message], ended: list[tuple[Delivery, float]]) -> tuple[Series, ...]:
    """Return how long after a status its webhooks ended: the middle and the longest of each span."""
    took = {(message.sid, change.status): change.at for message in messages for change in message.timeline}
    found: defaultdict[int, list[float]] = defaultdict(list)
    for delivery, at in ended:
        changed_at = took.get((delivery.webhook.message_sid, delivery.webhook.status))
        if changed_at is not None:
            found[spans.place(at)].append(lag_seconds(delivery, changed_at, at))
    places = range(spans.number)
    return (
        Series("median", tuple(median(found[place]) if place in found else None for place in places)),
        Series("longest", tuple(max(found[place]) if place in found else None for place in places)),
    )


def _statuses(spans: Spans, messages: Sequence[Message]) -> tuple[Series, ...]:
    """Return how many messages have which status at the end of each span, in the order of their lives."""
    steps: defaultdict[Status, list[int]] = defaultdict(lambda: [0] * spans.number)
    for message in messages:
        for before, after in pairwise((None, *message.timeline)):
            place = spans.place(after.at) if after else 0
            if before is not None:
                steps[before.status][place] -= 1
            if after is not None:
                steps[after.status][place] += 1
    return tuple(Series(status.value, tuple(accumulate(steps[status]))) for status in Status if status in steps)
