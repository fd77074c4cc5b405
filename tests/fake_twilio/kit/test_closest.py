"""Tests of how the closest messages are shown."""

import re

from fake_twilio.kit.closest import MAX_SHOWN, closest_lines, text_difference
from fake_twilio.kit.wanted import Wanted
from tests.fake_twilio.doubles import RECIPIENT, make_message


def test_the_one_with_the_fewest_differences_comes_first() -> None:
    far = make_message(sid="SM1", to="+15550000000", body="something else")
    near = make_message(sid="SM2", body="hello Bob")

    lines = closest_lines(Wanted(to=RECIPIENT, body="hello Rob"), [far, near])

    assert lines[:6] == [
        "SM2:",
        f"  = to      '{RECIPIENT}'",
        "  ! body    wanted 'hello Rob'",
        "            came   'hello Bob'",
        "                          ^ from character 7 on",
        "SM1:",
    ]


def test_among_equals_the_most_alike_text_comes_first() -> None:
    messages = [make_message(sid=f"SM{n}", body=body) for n, body in enumerate(["xyz", "code 124", "qqq"])]

    assert closest_lines(Wanted(body="code 123"), messages)[0] == "SM1:"


def test_a_few_are_enough() -> None:
    messages = [make_message(sid=f"SM{n}", body="x") for n in range(9)]

    shown = [line for line in closest_lines(Wanted(body="y"), messages) if line.startswith("SM")]

    assert len(shown) == MAX_SHOWN


def test_patterns_and_counts_are_shown_beside_what_came() -> None:
    wanted = Wanted(body="*prize*", to=re.compile("^.44"), media=1)

    lines = closest_lines(wanted, [make_message()])

    assert "  ! body    wanted '*prize*'" in lines
    assert "  ! to      wanted re.compile('^.44')" in lines
    assert lines[-2:] == ["  ! media   wanted 1", "            came   0"]


def test_a_long_text_is_cut_around_its_first_difference() -> None:
    same = "0123456789" * 10

    wanted, came, pointer = text_difference(f"{same}A{same}", f"{same}B{same}")

    assert wanted == f"wanted ...'{same[:20]}A{same[:39]}'..."
    assert came == f"came   ...'{same[:20]}B{same[:39]}'..."
    assert wanted[pointer.index("^")] == "A"
    assert pointer.endswith("^ from character 101 on")


def test_a_difference_at_the_beginning_is_pointed_at() -> None:
    wanted, came, pointer = text_difference("yes", "no")

    at = pointer.index("^")
    assert (wanted[at], came[at]) == ("y", "n")
