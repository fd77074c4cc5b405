"""Every order in which the callbacks of a few messages may come, the plainest first.

Twilio promises none: each callback is a request of its own, may come more than once, and may overtake the answer to the
request that made its message.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from math import comb

from fake_twilio.domain.fate.lifecycle import Status

Life = tuple[Status, ...]
DELIVERED: Life = (Status.SENT, Status.DELIVERED)


@dataclass(frozen=True, slots=True)
class Course:
    """How the callbacks of one message come: of which statuses, in the order of their arrival."""

    life: Life  # the order in which it takes them
    arrivals: Life
    is_early: bool = False  # the first one arrives before the answer to the request

    @property
    def wildness(self) -> int:
        """How far it is from each status once and in order."""
        places = [self.life.index(status) for status in self.arrivals]
        swapped = sum(first > second for first, second in combinations(places, 2))
        return swapped + abs(len(self.arrivals) - len(self.life)) + self.is_early

    @property
    def later(self) -> int:
        """How many arrive after the answer to the request."""
        return len(self.arrivals) - self.is_early

    @property
    def dropped(self) -> Life:
        """What never arrives."""
        return tuple(status for status in self.life if status not in self.arrivals)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The courses of all messages, and whose turn it is, message by message, after their requests were answered."""

    courses: tuple[Course, ...]
    turns: tuple[int, ...]

    @property
    def is_one_after_the_other(self) -> bool:
        """Whether everything about one message arrives before anything about the next."""
        return list(self.turns) == sorted(self.turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Which schedules there are.

    Unless *across_messages*, only one message at a time is out of line and none comes between the callbacks of another:
    that is all there is to see for an app that keeps what it knows of each message apart.
    """

    messages: int = 2
    lives: tuple[Life, ...] = (DELIVERED,)
    duplicates: bool = True
    drops: bool = False
    before_response: bool = True
    across_messages: bool = True

    def courses(self) -> list[Course]:
        """Return all courses of one message, the plainest first."""
        found = [
            Course(life, arrivals, is_early)
            for life in self.lives
            for bag in self._bags(life)
            for is_early in (False, True)
            for arrivals in dict.fromkeys(permutations(bag))
            if not is_early or (self.before_response and arrivals)
        ]
        return sorted(found, key=lambda course: course.wildness)

    def size(self) -> int:
        """Return how many schedules there are, without making them."""
        courses = self.courses()
        if not self.across_messages:
            return 1 + self.messages * (len(courses) - 1)
        by_length = Counter(course.later for course in courses)
        counts = Counter({0: 1})  # of schedules of some messages, by their length
        for _ in range(self.messages):
            longer: Counter[int] = Counter()
            for length, count in counts.items():
                for more, how_many in by_length.items():
                    longer[length + more] += count * how_many * comb(length + more, more)
            counts = longer
        return counts.total()

    def schedules(self) -> Iterator[Schedule]:
        """Yield each schedule once: all in order, then one message out of line, then several and between each other."""
        courses = self.courses()
        yield from self._simple(courses)
        if not self.across_messages:
            return
        for wildness in range(self.messages * courses[-1].wildness + 1):
            for chosen in _chosen(courses, self.messages, wildness):
                is_simple = sum(course != courses[0] for course in chosen) < 2
                for turns in _interleavings(tuple(course.later for course in chosen)):
                    schedule = Schedule(chosen, turns)
                    if not (is_simple and schedule.is_one_after_the_other):
                        yield schedule

    def _bags(self, life: Life) -> Iterator[Life]:
        """Yield what may arrive in any order: each status once, one of them twice, one of them never."""
        yield life
        if self.duplicates:
            yield from ((*life, status) for status in life)
        if self.drops:
            yield from (tuple(status for status in life if status is not dropped) for dropped in life)

    def _simple(self, courses: list[Course]) -> Iterator[Schedule]:
        plain = (courses[0],) * self.messages
        yield _one_after_the_other(plain)
        for course in courses[1:]:
            for place in range(self.messages):
                yield _one_after_the_other((*plain[:place], course, *plain[place + 1 :]))


def _one_after_the_other(courses: tuple[Course, ...]) -> Schedule:
    return Schedule(courses, tuple(place for place, course in enumerate(courses) for _ in range(course.later)))


def _chosen(courses: list[Course], messages: int, wildness: int) -> Iterator[tuple[Course, ...]]:
    """Yield a course for each message, so that they are as wild as this together."""
    if messages == 0:
        if wildness == 0:
            yield ()
        return
    for course in courses:
        if course.wildness <= wildness:
            for others in _chosen(courses, messages - 1, wildness - course.wildness):
                yield (course, *others)


def _interleavings(left: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the orders in which messages take turns, each as often as it has callbacks *left*."""
    if not any(left):
        yield ()
    for message, count in enumerate(left):
        if count:
            for others in _interleavings((*left[:message], count - 1, *left[message + 1 :])):
                yield (message, *others)
