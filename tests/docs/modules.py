"""Files of docs/ and docs/reference as modules: there they are run as commands, and find each other beside them."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).parents[2] / "docs"
FOLDERS = [str(DOCS), str(DOCS / "reference")]


def docs_module(name: str) -> ModuleType:
    """Import a file of the documentation by its name."""
    sys.path[:0] = FOLDERS
    try:
        return import_module(name)
    finally:
        del sys.path[: len(FOLDERS)]
