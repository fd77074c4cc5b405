"""How a figure is told: ``name value goal PASS|FAIL``."""

from operator import ge, le


def report(name: str, value: float, goal: str) -> bool:
    """Print one figure against its *goal*, such as ``<=0`` or ``>=0.5``, and return whether it is met."""
    is_met = {"<=": le, ">=": ge}[goal[:2]](value, float(goal[2:]))
    print(f"{name} {value:.4g} {goal} {'PASS' if is_met else 'FAIL'}", flush=True)
    return is_met
