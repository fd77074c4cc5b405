"""Tests of how a problem is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.scenario_files.problems import Place, Problem, shown

LONG = "word " * 100_000


def told(wanted: str, *path: str | int) -> str:
    return Problem(Place(3, 7), path, wanted).told("my.yaml")


def test_a_problem_is_told_with_file_line_column_and_path() -> None:
    assert told("wanted x", "rules", 0, "when") == "my.yaml:3:7: rules.0.when: wanted x"
    assert told("wanted x") == "my.yaml:3:7: wanted x"


@pytest.mark.parametrize("quoted", [repr(LONG), repr(LONG + "'"), repr("\\" * 99 + '"'), "x" * 100], ids=range(4))
def test_long_content_is_cut_and_what_follows_stays(quoted: str) -> None:
    line = told(f"wanted a number, not {quoted[:1500]}{quoted[-1]}, here")

    assert line.startswith("my.yaml:3:7: wanted a number, not ")
    assert "…" in line
    assert len(line) < 120
    assert line.endswith(" here")


def test_a_key_of_any_length_is_told_in_part() -> None:
    assert told("no such key", "k" * 1_000_000) == f"my.yaml:3:7: {'k' * 60}…: no such key"


def test_words_of_ours_are_not_cut() -> None:
    words = "wanted a status: 'accepted', 'scheduled' or 'a text of less than sixty characters in its quotes'"

    assert told(words) == f"my.yaml:3:7: {words}"


def test_what_drives_a_terminal_is_told_as_an_escape() -> None:
    line = Problem(Place(1, 1), ("\x1b[2J", "\u202e"), "not \x07\r\n").told("a\x1b.yaml")

    assert line == "a\\x1b.yaml:1:1: \\x1b[2J.\\u202e: not \\x07\\r\\n"


@given(st.text())
def test_whatever_is_shown_is_printable_and_short(text: str) -> None:
    assert shown(text).isprintable()
    assert len(shown(text * 100)) <= 60 * 10 + 1


@given(st.text("'\"\\ a", max_size=300))
def test_any_mix_of_quotes_is_told_quickly(text: str) -> None:
    assert told(text).startswith("my.yaml:3:7: ")
