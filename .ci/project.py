"""What pyproject.toml and git say of the project."""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
_PYTHON = "Programming Language :: Python :: 3."


def extras() -> list[str]:
    """Return the names of the extras."""
    return sorted(SETTINGS["project"]["optional-dependencies"])


def pythons() -> list[str]:
    """Return the versions of Python that are promised, the lowest first."""
    promised = [line.rpartition(" ")[2] for line in SETTINGS["project"]["classifiers"] if line.startswith(_PYTHON)]
    return sorted(promised, key=lambda version: int(version.partition(".")[2]))


def version() -> str:
    """Return the version, from its one place."""
    text = (ROOT / SETTINGS["tool"]["hatch"]["version"]["path"]).read_text("utf-8")
    return re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)[1]


def tracked() -> list[str]:
    """Return the files that git has, as paths below the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]
