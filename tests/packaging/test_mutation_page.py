"""The page of mutations tells every change that lives, and is that of a run that passed."""

import re

from tests.packaging.ci import ROOT, ci_module

page, parts, tables = (ci_module(name) for name in ("mutation_page", "mutation_parts", "mutated_tables"))
SAME = parts.Change("is_mine = False", "is_mine = None")
HOLE = parts.Change("is_mine = False", "is_mine = True")
LIVING = parts.Part("breaker", 10, (("a.py", SAME), ("a.py", HOLE)))
KEPT = (ROOT / "docs" / "mutation.md").read_text("utf-8")


def test_both_scores_are_told():
    assert "| breaker | 10 | 8 | 1 | 80.0% | 88.9% |" in page.make_page([LIVING], [])


def test_each_change_that_lives_is_told_with_its_reason_or_without_one():
    made = page.make_page([LIVING], [])

    assert f"`a.py`: {SAME.reason()}\n\n```diff\n- is_mine = False\n+ is_mine = None\n```" in made
    assert "`a.py`: **no reason**\n\n```diff\n- is_mine = False\n+ is_mine = True\n```" in made


def test_tables_are_told_with_what_is_not_noticed():
    verdicts = [tables.Verdict("lights", "red", is_noticed=True), tables.Verdict("lights", "green", is_noticed=False)]

    made = page.make_page([LIVING], verdicts)

    assert "| `lights` | 2 | 1 |" in made
    assert "Not noticed: `lights`, green." in made


def test_the_page_that_is_kept_has_each_part_at_its_goal_and_no_change_without_a_reason():
    rows = re.findall(r"^\| (\w+) \| .* \| ([\d.]+)% \|$", KEPT, re.MULTILINE)

    assert [name for name, _ in rows] == list(parts.PARTS)
    assert [name for name, score in rows if float(score) < 95] == []
    assert "no reason" not in KEPT.partition("## The tables")[2]


def test_the_page_that_is_kept_has_each_table_and_each_reason():
    assert [table.module for table in tables.TABLES if f"| `{table.module}` | " not in KEPT] == []
    assert [same.line for same in parts.SAME if f"\n- {same.line}\n" not in KEPT] == []
