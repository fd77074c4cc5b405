"""The report as lines for a terminal."""

from collections.abc import Iterator

from fake_twilio.domain.rules.failures import ERROR_PATHS, ErrorPath, Family
from fake_twilio.kit.habits import Habit, Mark, habits
from fake_twilio.kit.share import Share

_INDENT = " " * 10
HINT = "a scenario file has about:, include: [delivered], and one of the lines that follow what was never exercised"


def report_lines(share: Share) -> list[str]:
    """Return which failures were exercised, which never and how to get them, and how the apps behaved."""
    return [*_failures(share), "", *_conduct(share)]


def _failures(share: Share) -> Iterator[str]:
    yield f"{share.met} of {len(ERROR_PATHS)} failures exercised"
    if share.missing:
        yield HINT
    for family in Family:
        paths = [path for path in ERROR_PATHS if path.family is family]
        met = [path.name for path in paths if path.name not in share.missing]
        yield f"{family}, {len(met)} of {len(paths)}{': ' if met else ''}{', '.join(met)}"
        for path in paths:
            if path.name in share.missing:
                yield from _never(path)


def _never(path: ErrorPath) -> list[str]:
    return [f"  never   {path.name}: {path.about}", f"{_INDENT}{path.how}"]


def _conduct(share: Share) -> Iterator[str]:
    yield "how the apps behaved"
    for habit in habits(share.conduct):
        yield from _habit(habit)


def _habit(habit: Habit) -> list[str]:
    head = f"  {habit.mark:<10}{habit.name}: {habit.told}"
    return [head] if habit.mark is Mark.PASS else [head, f"{_INDENT}{habit.advice}"]
