"""How a figure is told: ``name value goal PASS|FAIL``, or ``name value`` if it has no goal."""

from operator import eq, ge, gt, le, lt

_RELATIONS = {"<=": le, ">=": ge, "==": eq, "<": lt, ">": gt}


def report(name: str, value: float, goal: str | None = None) -> bool:
    """Print one figure and return whether it is met; *goal* is a relation and a number, such as ``<=0.5`` or ``>0``."""
    if goal is None:
        print(f"{name} {value:.6g}", flush=True)
        return True
    relation = next(sign for sign in _RELATIONS if goal.startswith(sign))
    is_met = bool(_RELATIONS[relation](value, float(goal.removeprefix(relation))))
    print(f"{name} {value:.6g} {goal} {'PASS' if is_met else 'FAIL'}", flush=True)
    return is_met
