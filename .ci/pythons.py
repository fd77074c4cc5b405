"""Run tests on each version of Python that is promised and can be found here."""

import sys
import tempfile
from pathlib import Path

from environments import Environment, interpreter, version_of
from project import ROOT, pythons
from shares import pytest_words, wanted

INSTALLED = ("--constraint", f"{ROOT}/constraints.txt", "--editable", f"{ROOT}[fake,pytest,load]")
TESTS = ("--group", f"{ROOT}/pyproject.toml:test")


def main() -> None:
    for version in pythons():
        if version == version_of(sys.executable):
            print(f"Python {version}: `make test` runs on it")
        elif (python := interpreter(version)) is None:
            print(f"Python {version}: SKIPPED, no interpreter was found")
        else:
            with tempfile.TemporaryDirectory() as folder:
                environment = Environment(Path(folder), python)
                environment.install(*INSTALLED, *TESTS)
                print(f"Python {version}: {environment.test(*pytest_words(wanted()))}")


if __name__ == "__main__":
    main()
