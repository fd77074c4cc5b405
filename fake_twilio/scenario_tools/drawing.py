"""The timeline of a message as a drawing of lines: when each status comes, and after which delay."""

from collections.abc import Sequence

from fake_twilio.domain.fate.timeline import Step
from fake_twilio.scenario_tools import words
from fake_twilio.scenario_tools.quantiles import quantile

BAR = 20  # characters of the longest line
_MEDIAN = 0.5


def drawn(steps: Sequence[Step]) -> list[str]:
    """Return a line for each status, as long as its share of the whole time; chance is taken at its median."""
    moments = [0.0]
    for step in steps:
        moments.append(moments[-1] + _median(step))
    width = max(len(_moment(steps, moments, place)) for place in range(len(moments)))
    lines = [f"{_moment(steps, moments, 0):>{width}}  {'●':<{BAR + 1}} queued"]
    for place, step in enumerate(steps, 1):
        lines.append(f"{_moment(steps, moments, place):>{width}}  {_line(moments[place], moments[-1])} {_status(step)}")
    return lines


def _median(step: Step) -> float:
    return quantile(step.delay, _MEDIAN) if step.delay else step.after_seconds


def _moment(steps: Sequence[Step], moments: Sequence[float], place: int) -> str:
    """Return when the status comes, with a tilde if that is left to chance."""
    is_chance = any(step.delay for step in steps[:place])
    return f"{'~' if is_chance else ''}{words.time(moments[place])}"


def _line(moment: float, end: float) -> str:
    length = round(BAR * moment / end) if end else 0
    return f"{'─' * length + '●':<{BAR + 1}}"


def _status(step: Step) -> str:
    error = f" {step.error_code}" if step.error_code is not None else ""
    delay = f"  ({words.delay(step.delay)})" if step.delay else ""
    return f"{step.status}{error}{delay}"
