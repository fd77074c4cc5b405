"""The examples in docstrings run."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for package in ("twilio_sms", "fake_twilio") for path in (ROOT / package).rglob("*.py"))
WITH_EXAMPLES = [path.relative_to(ROOT) for path in SOURCES if ">>> " in path.read_text("utf-8")]


def test_there_are_examples() -> None:
    assert WITH_EXAMPLES


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=str)
def test_an_example_gives_what_it_says(path: Path) -> None:
    module = import_module(".".join(path.with_suffix("").parts))

    result = doctest.testmod(module)

    assert result.attempted
    assert not result.failed
