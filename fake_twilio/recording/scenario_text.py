"""A scenario file made of notes: numbers replaced, bodies and SIDs left out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, TypeVar

import yaml

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.recording.course import Course, Stop, course_of
from fake_twilio.recording.measured_delays import delay_value
from fake_twilio.recording.notebook import Notes
from fake_twilio.recording.pseudonyms import Pseudonyms

# Refusals that are about the sender, whoever the recipient is.
SENDER_CODES = frozenset({21212, 21603, 21606, 21611, 21659, 21660, 21661, 21711})
ABOUT_MESSAGES = range(21_000, 22_000)
NOTHING_SEEN = Course((Stop(Status.SENT), Stop(Status.DELIVERED)), (0.0, 0.0))
Shape = tuple[Stop, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fate:
    """What came of a message: a *shape* that it went through, or a code that it was refused with."""

    shape: Shape = ()
    code: int | None = None


def scenario_text(notes: Notes) -> str:
    """Return the text of a scenario in which what was seen happens again.

    A recipient gets what it got most often. What most messages went through is the default; the delays are those of
    all messages that went through the same.
    """
    names = Pseudonyms(_numbers(notes))
    courses = [(seen.recipient, course_of(seen.moments)) for seen in notes.messages]
    usual = _most_common(course.stops for _, course in courses) if courses else NOTHING_SEEN.stops
    pooled = [course for _, course in courses if course.stops == usual] or [NOTHING_SEEN]
    tree = {
        "about": _about(notes),
        "rules": [*_sender_rules(notes, names), *_recipient_rules(notes, courses, usual, names)],
        "defaults": {"timeline": _timeline(pooled)},
    }
    return _head(notes) + yaml.safe_dump(tree, sort_keys=False, width=120)


def _numbers(notes: Notes) -> list[str]:
    seen = [(each.recipient, each.sender) for each in notes.messages]
    refused = [(each.recipient, each.sender) for each in notes.refusals]
    return [number for pair in (*seen, *refused) for number in pair if number]


def _sender_rules(notes: Notes, names: Pseudonyms) -> list[dict[str, Any]]:
    found = {each.sender: each.code for each in notes.refusals if each.sender and each.code in SENDER_CODES}
    return [
        {"name": f"sender {place}", "when": {"from": names.of(sender)}, "then": {"refuse": str(code)}}
        for place, (sender, code) in enumerate(found.items(), 1)
        if _can_refuse(code)
    ]


def _recipient_rules(
    notes: Notes, courses: Sequence[tuple[str, Course]], usual: Shape, names: Pseudonyms
) -> list[dict[str, Any]]:
    """Return a rule for each fate but the usual one, about all who got it: a thousand who did are no thousand rules."""
    alike = _by_fate(notes, courses)
    alike.pop(Fate(usual), None)
    pools: defaultdict[Shape, list[Course]] = defaultdict(list)
    for _, course in courses:
        pools[course.stops].append(course)
    return [
        {
            "name": f"recipients {place}",
            "when": {"to": [names.of(recipient) for recipient in recipients]},
            "then": _then(fate, pools[fate.shape]),
        }
        for place, (fate, recipients) in enumerate(alike.items(), 1)
    ]


def _by_fate(notes: Notes, courses: Sequence[tuple[str, Course]]) -> dict[Fate, list[str]]:
    """Return the recipients by what each of them got most often."""
    fates: defaultdict[str, list[Fate]] = defaultdict(list)
    for recipient, course in courses:
        fates[recipient].append(Fate(course.stops))
    for refused in notes.refusals:
        if refused.code not in SENDER_CODES and _can_refuse(refused.code):
            fates[refused.recipient].append(Fate(code=refused.code))
    alike: defaultdict[Fate, list[str]] = defaultdict(list)
    for recipient, each in fates.items():
        alike[_most_common(each)].append(recipient)
    return alike


def _can_refuse(code: int) -> bool:
    """Whether a scenario can refuse with *code*, and it is about a message rather than about who asks, or how often."""
    return code in ABOUT_MESSAGES and code in CATALOGUE and CATALOGUE[code].status is not None


def _then(fate: Fate, courses: Sequence[Course]) -> dict[str, Any]:
    return {"timeline": _timeline(courses)} if fate.code is None else {"refuse": str(fate.code)}


def _timeline(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """Return the steps of *courses*, which all have the same stops."""
    delays = zip(*(course.delays for course in courses), strict=True)
    return [_step(stop, delay_value(each)) for stop, each in zip(courses[0].stops, delays, strict=True)]


def _step(stop: Stop, after: str | dict[str, list[str]]) -> dict[str, Any]:
    error = {} if stop.error_code is None else {"error": str(stop.error_code)}
    return {"status": stop.status.value, "after": after, **error}


def _most_common(found: Iterable[T]) -> T:
    return Counter(found).most_common(1)[0][0]


def _about(notes: Notes) -> str:
    return f"Recorded from an API that took {len(notes.messages)} messages and refused {len(notes.refusals)}."


def _head(notes: Notes) -> str:
    """Return a comment on what no key of a scenario says: how long the answers took, what is not among the rules."""
    lines = ["# Numbers are replaced; texts, SIDs and credentials were never written."]
    if notes.latencies:
        ordered = sorted(notes.latencies)
        late = ordered[int(len(ordered) * 0.95)]
        lines.append(
            f"# Answers: {len(ordered)}, median {median(ordered) * 1000:.0f} ms, 95 % within {late * 1000:.0f} ms."
        )
    others = Counter(each.code for each in notes.refusals if not _can_refuse(each.code))
    lines += [f"# Refused with {code}, which no rule can say: {times} times." for code, times in sorted(others.items())]
    return "\n".join([*lines, ""])
