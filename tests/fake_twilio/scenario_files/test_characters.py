"""Tests of what a scenario file may be made of."""

import pytest

from fake_twilio.scenario_files.characters import MAX_BYTES, check_characters, place_at
from fake_twilio.scenario_files.problems import YamlError


def problem(text: str) -> str:
    with pytest.raises(YamlError) as caught:
        check_characters(text)
    (found,) = caught.value.problems
    return found.told("f")


@pytest.mark.parametrize("text", ["", "a: b\n", "a: é \U0001f600\t\r\n", "# %\n", "a: |\n  %YAML\n", "a: 'x\n%y'\n"])
def test_usual_text_stays_as_it_is(text: str) -> None:
    assert check_characters(text) == text


def test_a_byte_order_mark_at_the_beginning_is_taken_away() -> None:
    assert check_characters("\ufeffa: b\n") == "a: b\n"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\ufeff", "\uffff"])
def test_a_foreign_character_is_refused_with_its_place(character: str) -> None:
    expected = f"f:2:4: wanted YAML: a character that may not stand there: #x{ord(character):04x}"

    assert problem(f"a: b\nc: {character}\n") == expected


@pytest.mark.parametrize("head", ["", "\n", "# x\n", "  \t\r\n\r"], ids=range(4))
def test_a_directive_is_refused_wherever_one_may_stand(head: str) -> None:
    lines = head.replace("\r\n", "\n").replace("\r", "\n").count("\n")

    wanted = "directives are not allowed, such as %YAML and %TAG"
    assert problem(f"{head}%YAML 1.2\n---\na: b\n") == f"f:{lines + 1}:1: {wanted}"


def test_more_than_a_mebibyte_is_refused() -> None:
    assert len(check_characters("#" * MAX_BYTES)) == MAX_BYTES
    assert problem("#" * (MAX_BYTES + 1)) == "f:1:1: wanted at most 1048576 bytes"
    assert problem("#" + "é" * (MAX_BYTES // 2)) == "f:1:1: wanted at most 1048576 bytes"


@pytest.mark.parametrize(
    ("before", "place"),
    [("", (1, 1)), ("ab", (1, 3)), ("a\n", (2, 1)), ("a\r\nb", (2, 2)), ("a\rb\n\n", (4, 1)), ("a\u2028b\x85", (3, 1))],
)
def test_lines_end_where_yaml_ends_them(before: str, place: tuple[int, int]) -> None:
    assert place_at(before + "x", len(before)) == place
