"""Whatever comes from outside is text on a terminal, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.commands.terminal import aligned, escaped, show, tell


@given(st.text(st.characters(codec=None)))
def test_a_line_is_one_line_and_printable(text: str) -> None:
    assert escaped(text).isprintable()


@given(st.text().filter(str.isprintable))
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\r\nb", "a\\r\\nb"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
        ("Zoë", "Zoë"),
    ],
)
def test_what_a_terminal_obeys_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_results_go_to_stdout_and_words_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    show("a\x1b")
    tell("b\x1b")

    assert capsys.readouterr() == ("a\\x1b\n", "b\\x1b\n")


def test_cells_stand_under_each_other() -> None:
    assert aligned([("state", "rows"), ("a\t", "1")]) == ["state  rows", "a\\t    1"]
