"""The guide to rotating a token: its test passes, its table says what the test does, and mistakes are told."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide

CAUGHT = "    except AuthenticationError:\n        return works\n"


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    guide = Guide("rotate_tokens", tmp_path)
    guide.write()
    return guide


def test_it_can_be_followed(guide: Guide) -> None:
    guide.type("rotate_run")


def test_the_table_says_what_the_test_does(guide: Guide) -> None:
    rows = re.findall(r"^\| `([a-z,]+)` \| (.+) \| (.+) \|$", guide.page, re.MULTILINE)
    told = {tokens: [set(cell.split(", ")) - {"neither"} for cell in cells] for tokens, *cells in rows}

    assert told == dict(cases(guide.examples["rotate_test"]))
    assert len(told) == 4


def cases(test: str) -> Iterator[tuple[str, list[set[str]]]]:
    """Yield the tokens of each case of a test, and what works with them before and after."""
    for node in ast.walk(ast.parse(test)):
        if isinstance(node, ast.Tuple) and not isinstance(node.elts[1], ast.Constant):
            tokens, *works = (ast.literal_eval(element) for element in node.elts)
            yield re.sub("[{}]", "", tokens), works


def test_mistakes_are_told(guide: Guide) -> None:
    guide.mistake(
        "test_rotation.py", "    except AuthenticationError:\n        return works\n", "    finally:\n        pass\n"
    )

    guide.check_told(guide.ran("python -m pytest -q"))
