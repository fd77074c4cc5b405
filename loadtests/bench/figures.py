"""How a figure is told: ``name value goal PASS|FAIL``, or ``name value`` if it has no goal."""

import re
from operator import eq, ge, gt, le, lt
from typing import NamedTuple, Self

_RELATIONS = {"<=": le, ">=": ge, "==": eq, "<": lt, ">": gt}
_LINE = re.compile(r"(\w+) (\S+)(?: ((?:[<>=]=|[<>])\S+) (?:PASS|FAIL))?")


class Figure(NamedTuple):
    """What was measured; *goal* is a relation and a number, such as ``<=0.5`` or ``>0``."""

    name: str
    value: float
    goal: str | None = None

    @classmethod
    def parse(cls, line: str) -> Self | None:
        """Read what `report` printed; nothing if *line* is something else."""
        found = _LINE.fullmatch(line)
        try:
            return None if found is None else cls(found[1], float(found[2]), found[3])
        except ValueError:
            return None

    @property
    def share(self) -> float | None:
        """How much of the goal is used up: more than 1 is a miss; nothing without a goal, or with one of zero."""
        relation, limit = _split(self.goal)
        if not limit or not self.value:
            return None
        return limit / self.value if relation.startswith(">") else self.value / limit

    @property
    def is_met(self) -> bool:
        """Whether the value stands to the goal as it should; without a goal it does."""
        relation, limit = _split(self.goal)
        return self.goal is None or bool(_RELATIONS[relation](self.value, limit))

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return f"{self.value:,.0f}" if abs(self.value) >= 1000 else f"{self.value:.3g}"

    def __str__(self) -> str:
        told = f"{self.name} {self.value:.6g}"
        return told if self.goal is None else f"{told} {self.goal} {'PASS' if self.is_met else 'FAIL'}"


def report(name: str, value: float, goal: str | None = None) -> bool:
    """Print one figure and return whether it is met."""
    figure = Figure(name, value, goal)
    print(figure, flush=True)
    return figure.is_met


def skip(name: str, why: str) -> None:
    """Say in one line what is not measured."""
    print(f"skipped {name}: {why}", flush=True)


def _split(goal: str | None) -> tuple[str, float]:
    if goal is None:
        return "", 0.0
    relation = next(sign for sign in _RELATIONS if goal.startswith(sign))
    return relation, float(goal.removeprefix(relation))
