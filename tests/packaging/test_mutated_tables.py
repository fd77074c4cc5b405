"""Each entry of a table is changed once, and a test that looks away is found out."""

import subprocess
import sys
from enum import Enum
from typing import NamedTuple

from tests.packaging.ci import CI, ROOT, ci_module

tables = ci_module("mutated_tables")
LIGHTS = """
FOLLOWS = {"red": frozenset({"green"}), "green": frozenset({"red"})}
"""
LOOKS_AT_RED = """
from lights import FOLLOWS

def test_red_ends():
    assert FOLLOWS["red"] == {"green"}
"""
TELL = """
import mutated_tables
for verdict in mutated_tables.verdicts([mutated_tables.Table("lights", "test_lights.py", mutated_tables.ways)]):
    print(verdict.change, verdict.is_noticed, sep=": ")
"""


class Deed(Enum):
    STAY = "stay"
    GO = "go"


class Step(NamedTuple):
    state: Deed
    deed: Deed = Deed.STAY


def test_each_way_is_left_out_once_and_made_up_once():
    changes = dict(tables.ways({"red": frozenset({"green"}), "green": frozenset()}))

    assert changes == {
        "red is not there": {"green": frozenset()},
        "red is now followed by red": {"red": {"red", "green"}, "green": frozenset()},
        "red is no longer followed by green": {"red": frozenset(), "green": frozenset()},
        "green is not there": {"red": {"green"}},
        "green is now followed by red": {"red": {"green"}, "green": {"red"}},
        "green is now followed by green": {"red": {"green"}, "green": {"green"}},
    }


def test_each_step_is_left_out_made_up_and_goes_elsewhere():
    go, stay = Deed.GO, Deed.STAY
    table = {(go, "a"): Step(go), (stay, "b"): Step(stay)}

    changes = list(tables.steps(table))

    assert len(changes) == len({frozenset(changed.items()) for _, changed in changes}) == 8
    assert all(changed != table for _, changed in changes)
    assert ("Deed.GO at a: state is Deed.STAY", {**table, (go, "a"): Step(stay)}) in changes
    assert ("Deed.GO at b stays", {**table, (go, "b"): Step(go)}) in changes


def test_a_change_that_no_test_looks_at_is_told(tmp_path):
    (tmp_path / "lights.py").write_text(LIGHTS)
    (tmp_path / "test_lights.py").write_text(LOOKS_AT_RED)
    environ = {"PYTHONPATH": f"{tmp_path}:{CI}:{ROOT}", "PATH": ""}

    told = subprocess.run([sys.executable, "-c", TELL], cwd=tmp_path, env=environ, capture_output=True, text=True)

    assert told.stdout.splitlines() == [
        "red is not there: True",
        "red is now followed by red: True",
        "red is no longer followed by green: True",
        "green is not there: False",
        "green is no longer followed by red: False",
        "green is now followed by green: False",
    ], told.stderr
