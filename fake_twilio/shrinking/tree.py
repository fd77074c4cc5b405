"""A scenario file as one tree without includes and variables, and back as text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from fake_twilio.scenario_files.load import NO_SETTINGS, read_scenario
from fake_twilio.shrinking.troubles import Tree


class _Writer(yaml.SafeDumper):
    """Writes what stands in two places twice: scenario files have no aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def read_tree(name: str | Path, settings: Mapping[str, str] = NO_SETTINGS) -> Tree:
    """Return what the scenario *name* says, as texts, variables filled in; raises `ScenarioError` for what is none."""
    return read_scenario(name, settings).assembled.value


def write_tree(tree: Tree) -> str:
    """Return the text of a scenario file that says the same as *tree*."""
    return yaml.dump(tree, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100)
