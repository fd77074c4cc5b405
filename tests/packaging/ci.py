"""Files of .ci as modules: there they are run as commands, and find each other beside them."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
CI = ROOT / ".ci"


def ci_module(name: str) -> ModuleType:
    """Import a file of .ci by its name."""
    sys.path.insert(0, str(CI))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(CI))
