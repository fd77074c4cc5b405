"""Install the lowest versions that pyproject.toml allows, on the lowest Python, and run tests on them."""

import tempfile
from pathlib import Path

from environments import Environment, interpreter
from project import ROOT, extras, pythons
from shares import pytest_words, wanted

LOWEST = ("--resolution", "lowest-direct", "--editable", f"{ROOT}[{','.join(extras())}]")
TESTS = ("--group", f"{ROOT}/pyproject.toml:unit")
# Schemathesis wants a newer pytest than the lowest.
WITHOUT = (
    "--ignore=tests/fake_twilio/admin/test_blueprint.py",
    "--ignore=tests/twilio_sms/domain/test_lookup_packages.py",
    "--ignore=tests/twilio_sms/domain/test_lookup_query.py",
)


def main() -> None:
    lowest = pythons()[0]
    python = interpreter(lowest)
    if python is None:
        print(f"SKIPPED: no Python {lowest} was found, and the floors are those of the lowest")
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = Environment(Path(folder), python)
        environment.install(*LOWEST, *TESTS)
        print(f"the lowest versions on Python {lowest}: {environment.test(*WITHOUT, *pytest_words(wanted()))}")


if __name__ == "__main__":
    main()
