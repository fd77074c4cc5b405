"""What became of messages, as a scenario can say it: statuses that may follow each other, and the delays between."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from fake_twilio.domain.fate.lifecycle import ERRORS, FOLLOWS, Status
from fake_twilio.domain.twilio.catalogue import CATALOGUE, UNKNOWN_ERROR
from fake_twilio.recording.notebook import Moment

_BEFORE = frozenset({Status.ACCEPTED, Status.SCHEDULED, Status.QUEUED})


@dataclass(frozen=True, slots=True)
class Stop:
    """A status of a course, with its error code."""

    status: Status
    error_code: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """The statuses after ``queued``, and the seconds before each."""

    stops: tuple[Stop, ...]
    delays: tuple[float, ...]


def course_of(moments: Iterable[Moment]) -> Course:
    """Return the course that *moments* show; a status that nobody saw comes at once, one that cannot be is left out."""
    now, since = Status.QUEUED, 0.0
    stops: list[Stop] = []
    delays: list[float] = []
    for moment in moments:
        way = () if moment.status in _BEFORE else _way(now, moment.status)
        if way:
            stops += [Stop(status) for status in way[:-1]]
            stops.append(Stop(moment.status, _code(moment)))
            delays += [0.0] * (len(way) - 1) + [max(0.0, moment.seconds - since)]
            now = moment.status
        if way or (moment.status in _BEFORE and not stops):
            since = moment.seconds
    return Course(tuple(stops), tuple(delays))


def _way(now: Status, then: Status) -> tuple[Status, ...]:
    """Return the shortest way from one status to another, without the first; empty if there is none."""
    ways: deque[tuple[Status, ...]] = deque((status,) for status in FOLLOWS[now])
    while ways:
        way = ways.popleft()
        if way[-1] is then:
            return way
        ways.extend((*way, status) for status in FOLLOWS[way[-1]])
    return ()


def _code(moment: Moment) -> int | None:
    if moment.status not in ERRORS:
        return None
    return moment.error_code if moment.error_code in CATALOGUE else UNKNOWN_ERROR
