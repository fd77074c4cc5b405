"""Break the tables of states, entry by entry, and tell which change no test notices.

mutmut leaves alone what stands outside of functions, and that is where this project says what may follow what. So each
table is changed here, one entry at a time, in a process of its own, and the tests of that table are run. It is changed
in place, since whoever imported it has the same one.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from importlib import import_module
from itertools import product
from multiprocessing import get_context
from typing import Any, NamedTuple

import pytest

# What is imported already cannot be rewritten, of which pytest warns.
QUIETLY = ("-q", "-x", "--tb=no", "-n0", "-pno:cacheprovider", "-Wignore::pytest.PytestAssertRewriteWarning")
Changes = Iterator[tuple[str, dict[object, Any]]]


class Table(NamedTuple):
    """Where a table stands, which tests are its own, and what can be wrong with it."""

    module: str
    tests: str
    changes: Callable[[Mapping[Any, Any]], Changes]


class Verdict(NamedTuple):
    """One change of one table, and whether a test noticed."""

    module: str
    change: str
    is_noticed: bool


def ways(table: Mapping[Any, frozenset[Any]]) -> Changes:
    """Yield *table*, of what may follow each state, with one state left out, and with one way more or one less."""
    for state, following in table.items():
        yield f"{state} is not there", {key: table[key] for key in table if key is not state}
        for other in table:
            word = "no longer" if other in following else "now"
            yield f"{state} is {word} followed by {other}", {**table, state: following ^ {other}}


def steps(table: Mapping[Any, Any]) -> Changes:
    """Yield *table*, of the step after each event, with one step left out, one made up, or one that goes elsewhere."""
    states, events = ({pair[at]: None for pair in table} for at in (0, 1))
    for pair in product(states, events):
        step, name = table.get(pair), " at ".join(map(str, pair))
        if step is None:
            yield f"{name} stays", {**table, pair: type(next(iter(table.values())))(pair[0])}
            continue
        yield f"{name} is not there", {key: table[key] for key in table if key != pair}
        for field, now in step._asdict().items():
            for other in (each for each in type(now) if each is not now):
                yield f"{name}: {field} is {other}", {**table, pair: step._replace(**{field: other})}


TABLES = (
    Table("twilio_sms.resilience.breaker_table", "tests/twilio_sms/resilience/test_breaker_table.py", steps),
    Table("twilio_sms.bulk.states", "tests/twilio_sms/bulk/test_states.py", ways),
    Table("fake_twilio.domain.fate.lifecycle", "tests/fake_twilio/domain/fate/test_lifecycle.py", ways),
    Table("twilio_sms.domain.status", "tests/twilio_sms/domain/test_status.py", ways),
)


def verdicts(tables: Sequence[Table] = TABLES) -> Iterator[Verdict]:
    """Yield what became of each change of each of *tables*; the tests must pass before anything is changed."""
    if _test(*(table.tests for table in tables)) is not pytest.ExitCode.OK:  # reads pytest and the tests once for all
        sys.exit("mutated_tables: the tests of the tables fail before anything is changed")
    gc.freeze()  # pytest collects garbage at its end, and what is there by now is none
    for table in tables:
        for change, changed in table.changes(import_module(table.module).FOLLOWS):
            yield Verdict(table.module, change, is_noticed=_is_noticed(table, changed))


def _is_noticed(table: Table, changed: Mapping[Any, Any]) -> bool:
    """Return whether the tests of *table* fail once it is *changed*, in a process that is gone after it."""
    process = get_context("fork").Process(target=_test_changed, args=(table, changed))
    process.start()
    process.join()
    if process.exitcode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        sys.exit(f"mutated_tables: {table.tests} could not be run")
    return process.exitcode == pytest.ExitCode.TESTS_FAILED


def _test_changed(table: Table, changed: Mapping[Any, Any]) -> None:
    follows = import_module(table.module).FOLLOWS
    follows.clear()
    follows.update(changed)
    sys.exit(_test(table.tests))


def _test(*tests: str) -> int:
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        return pytest.main([*QUIETLY, *tests])
