"""The page docs/mutation.md: scores by part, and each change that no test notices."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from mutated_tables import Verdict
from mutation_parts import Part

HEAD = """# What no test notices

Made by `make mutation`; do not edit it by hand. A test that cannot fail proves nothing, so the code is broken on
purpose, one thing at a time, in the parts that decide whether a message is sent, when, and what is believed of it. A
change that every test lets pass is a hole in the tests, or means the same as the code. A part is judged by the tests
that stand beside it: those of kills, faults and whole campaigns, which find much of this too, are not asked.

[mutmut](https://mutmut.readthedocs.io) changes what functions do; tests that do not end any more have noticed, too.
*Same* are changes that live and mean the same as the code; the reason is written by hand, and told below with the
change. One that lives without a reason fails the run. At least 95 % of what can be noticed must be.
"""
TABLES = """
## The tables

What may follow what stands in tables, outside of functions, where mutmut changes nothing. So `.ci/mutated_tables.py`
does: an entry is left out or made up, a step goes elsewhere or does something else, and the table's tests are run.

| table | changes | noticed |
| --- | ---: | ---: |
"""


def make_page(parts: Sequence[Part], verdicts: Sequence[Verdict]) -> str:
    """Return the text of the page."""
    return "\n".join([HEAD, *_scores(parts), TABLES + "\n".join(_tables(verdicts)), *_survivors(parts)]) + "\n"


def _scores(parts: Sequence[Part]) -> Iterator[str]:
    yield "| part | changes | noticed | same | of all | of what can be noticed |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for part in parts:
        figures = f"{part.changes:,} | {part.noticed:,} | {part.same} | {part.score_of_all:.1%} | {part.score:.1%}"
        yield f"| {part.name} | {figures} |"


def _tables(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for module, changes in groupby(verdicts, lambda verdict: verdict.module):
        noticed = [verdict.is_noticed for verdict in changes]
        yield f"| `{module}` | {len(noticed)} | {sum(noticed)} |"
    yield from (f"\nNot noticed: `{each.module}`, {each.change}." for each in verdicts if not each.is_noticed)


def _survivors(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        yield f"\n## What lives in the {part.name}"
        told = sorted({(file, change.reason() or "", change) for file, change in part.alive})
        for (file, reason), changes in groupby(told, lambda each: each[:2]):
            yield f"\n`{file}`: {reason or '**no reason**'}\n\n```diff"
            for removed, added in groupby([change for *_, change in changes], lambda change: change.removed):
                yield from (f"- {removed}", *(f"+ {change.added}" for change in added))
            yield "```"
