"""Files of loadtests/bench as modules: there they are run as commands, and find each other beside them."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

BENCH = Path(__file__).parents[2] / "loadtests" / "bench"


def bench_module(name: str) -> ModuleType:
    """Import a file of the benches by its name."""
    sys.path.insert(0, str(BENCH))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(BENCH))
