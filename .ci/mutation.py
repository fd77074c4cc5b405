"""Break what must not break, one thing at a time, and tell what no test notices.

Prints ``name value goal PASS|FAIL`` for each part and writes docs/mutation.md. The status is 1 if a goal is missed, if
a change lives without a reason, or if a reason is left of a change that is gone.
``python .ci/mutation.py [--tell]``; with ``--tell`` the last run is told again.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from mutated_tables import Verdict, verdicts
from mutation_page import make_page
from mutation_parts import Part, parts
from mutation_reasons import SAME
from project import ROOT

PAGE = ROOT / "docs" / "mutation.md"
GOAL = 0.95


def main() -> int:
    if "--tell" not in sys.argv:
        shutil.rmtree(ROOT / "mutants", ignore_errors=True)  # what was noticed once is not tried again
        subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", "2"], cwd=ROOT, check=True)
    found, of_tables = parts(), list(verdicts())
    PAGE.write_text(make_page(found, of_tables), "utf-8")
    lines = list(figures(found, of_tables))
    print("\n".join(lines))
    return 1 if any(line.endswith("FAIL") for line in lines) else 0


def figures(found: Sequence[Part], of_tables: Sequence[Verdict]) -> Iterator[str]:
    """Yield a line for each figure."""
    for part in found:
        yield f"mutation_score_{part.name}_of_all {part.score_of_all:.3f}"
        yield _judged(f"mutation_score_{part.name}", part.score, f">={GOAL}", is_met=part.score >= GOAL)
    share = sum(verdict.is_noticed for verdict in of_tables) / len(of_tables)
    yield _judged("mutation_score_tables", share, f">={GOAL}", is_met=share >= GOAL)
    alive = [change for part in found for _, change in part.alive]
    unexplained = sum(change.reason() is None for change in alive)
    yield _judged("mutation_lives_without_a_reason", unexplained, "==0", is_met=not unexplained)
    stale = {same.line for same in SAME} - {change.removed for change in alive}
    yield _judged("mutation_reasons_of_nothing", len(stale), "==0", is_met=not stale)


def _judged(name: str, value: float, goal: str, *, is_met: bool) -> str:
    return f"{name} {value:.3f} {goal} {'PASS' if is_met else 'FAIL'}"


if __name__ == "__main__":
    sys.exit(main())
