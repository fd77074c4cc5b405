"""A schedule of callbacks as words, and as the scenario file that plays it."""

import json
from collections.abc import Iterator

from fake_twilio.domain.fate.lifecycle import ERRORS, Status
from fake_twilio.domain.twilio.catalogue import UNKNOWN_ERROR
from fake_twilio.kit.schedules import Course, Schedule

_DEFAULTS = "defaults:\n  timeline: [{status: sent, after: 1s}, {status: delivered, after: 1s}]\n"


def in_words(schedule: Schedule) -> str:
    """Return what is unusual about it, as ``message 1: delivered, then sent``."""
    parts = [f"message {number}: {_course(course)}" for number, course in _unusual(schedule)]
    if not schedule.is_one_after_the_other:
        parts.append(f"across messages: {', '.join(f'{status} of {number}' for number, status in _later(schedule))}")
    return "; ".join(parts) or "each callback comes once and in order"


def as_scenario(schedule: Schedule) -> str:
    """Return the text of a scenario file: a rule for each message, in the order in which messages are made."""
    about = json.dumps(f"What explore found: {in_words(schedule)}.")
    rules = [_rule(number, course, _moments(schedule, number)) for number, course in _numbered(schedule)]
    return "".join([f"about: {about}\nrules:\n", *rules, _DEFAULTS])


def _numbered(schedule: Schedule) -> Iterator[tuple[int, Course]]:
    return enumerate(schedule.courses, 1)


def _unusual(schedule: Schedule) -> Iterator[tuple[int, Course]]:
    for number, course in _numbered(schedule):
        if course.wildness or course.life[-1] in ERRORS:
            yield number, course


def _course(course: Course) -> str:
    told = ", then ".join(course.arrivals) or "nothing"
    early = ", the first before the answer to its request" if course.is_early else ""
    never = f", never {' or '.join(course.dropped)}" if course.dropped else ""
    return f"{told}{early}{never}"


def _later(schedule: Schedule) -> Iterator[tuple[int, Status]]:
    """Yield what arrives after the requests were answered: the number of the message, and the status."""
    rests = [iter(course.arrivals[course.is_early :]) for course in schedule.courses]
    for turn in schedule.turns:
        yield turn + 1, next(rests[turn])


def _moments(schedule: Schedule, number: int) -> list[int]:
    """Return when the callbacks of a message arrive, in seconds: each of the schedule in one of its own."""
    turns = [second for second, turn in enumerate(schedule.turns, 1) if turn + 1 == number]
    return [0, *turns] if schedule.courses[number - 1].is_early else turns


def _rule(number: int, course: Course, moments: list[int]) -> str:
    return (
        f"  - name: message {number}\n"
        "    when: {first: 1}\n"
        "    then:\n"
        f"      timeline: [{', '.join(map(_step, course.life))}]\n"
        f"      callbacks: {{{', '.join(_callbacks(course, moments))}}}\n"
    )


def _step(status: Status) -> str:
    error = f", error: {UNKNOWN_ERROR}" if status in ERRORS else ""
    return f"{{status: {status}{error}}}"


def _callbacks(course: Course, moments: list[int]) -> Iterator[str]:
    arrivals = zip(course.arrivals, moments, strict=True)
    if course.arrivals:
        yield f"order: [{', '.join(f'{{status: {status}, at: {second}s}}' for status, second in arrivals)}]"
    if course.dropped:
        yield f"drop: [{', '.join(course.dropped)}]"
    if course.is_early:
        yield "before_response: true"
