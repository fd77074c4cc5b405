"""A field is explained by the comment nearest to it, and what is for a tool is no comment."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import pytest

from tests.docs.modules import docs_module

comments_of, told = docs_module("field_comments").comments_of, docs_module("field_comments").told

# Why it is three, said once for all
# who use it.
THREE = 3
FOUR = 4  # a constant with a comment of its own


@dataclass
class Settings:
    """Fields with comments in every place."""

    behind: int = 1  # at the end of its line
    # Above it,
    # in two lines.
    above: int = 2
    below: int = 3
    """Below it.

    In two paragraphs.
    """
    by_constant: int = THREE
    own_wins: int = FOUR  # its own
    for_a_tool: int = 5  # noqa: RUF100 - nothing for people
    silent: int = 6


class Place(NamedTuple):
    """A tuple with names."""

    street: str
    town: str  # where the street is


class Colour(Enum):
    """Words with values."""

    RED = "red"  # stop
    GREEN = "green"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("behind", "at the end of its line"),
        ("above", "Above it, in two lines."),
        ("below", "Below it. In two paragraphs."),
        ("by_constant", "Why it is three, said once for all who use it."),
        ("own_wins", "its own"),
    ],
)
def test_a_field_is_explained_by_the_nearest_comment(field: str, said: str) -> None:
    assert comments_of(Settings)[field] == said


@pytest.mark.parametrize("field", ["for_a_tool", "silent"])
def test_what_nobody_explains_has_no_comment(field: str) -> None:
    assert field not in comments_of(Settings)


def test_the_fields_keep_their_order() -> None:
    assert list(comments_of(Settings)) == ["behind", "above", "below", "by_constant", "own_wins"]


@pytest.mark.parametrize(("kind", "said"), [(Place, {"town": "where the street is"}), (Colour, {"RED": "stop"})])
def test_tuples_and_enumerations_are_explained_too(kind: type, said: dict[str, str]) -> None:
    assert comments_of(kind) == said


@pytest.mark.parametrize("comment", ["# noqa: S101", "# type: ignore[misc] - why", "# pragma: no cover"])
def test_what_is_for_a_tool_is_not_told(comment: str) -> None:
    assert told(comment) == ""
