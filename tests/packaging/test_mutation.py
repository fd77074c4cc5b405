"""The figures fail for a hole in the tests, and for a reason that is left of nothing."""

import pytest

from tests.packaging.ci import ci_module

mutation, parts, tables = (ci_module(name) for name in ("mutation", "mutation_parts", "mutated_tables"))
SAME = tuple(("a.py", parts.Change(same.line, same.becomes[0] if same.becomes else "")) for same in parts.SAME)
HOLE = ("a.py", parts.Change("is_mine = False", "is_mine = True"))
SEEN = tables.Verdict("lights", "red is not there", is_noticed=True)


def failed(*alive, changes=1_000, verdicts=(SEEN,)) -> list[str]:
    lines = mutation.figures([parts.Part("breaker", changes, alive)], verdicts)
    return [line.split()[0] for line in lines if line.endswith("FAIL")]


def test_what_means_the_same_fails_nothing():
    assert failed(*SAME) == []


@pytest.mark.parametrize(
    ("alive", "changed", "told"),
    [
        ((*SAME, HOLE), {}, ["mutation_lives_without_a_reason"]),
        ((*SAME, *[HOLE] * 60), {}, ["mutation_score_breaker", "mutation_lives_without_a_reason"]),
        (SAME[1:], {}, ["mutation_reasons_of_nothing"]),
        (SAME, {"verdicts": [SEEN._replace(is_noticed=False)]}, ["mutation_score_tables"]),
    ],
    ids=["one hole", "many holes", "a reason of nothing", "a table"],
)
def test_what_is_wrong_fails_by_its_name(alive, changed, told):
    assert failed(*alive, **changed) == told
