"""Tests of what may have been different."""

from collections.abc import Iterator

from fake_twilio.domain.webhooks.workbench.guess import Difference, Guess, once, widened

ONE, TWO = Difference("an a", "it was cut"), Difference("a b", "it was cut")


def longer(text: str) -> Iterator[tuple[Difference, str]]:
    yield ONE, f"{text}a"
    yield TWO, f"{text}b"


def test_a_text_is_widened_by_one_difference_and_by_two() -> None:
    assert [guess.text for guess in widened("-", longer)] == ["-", "-a", "-b", "-aa", "-ab", "-ba", "-bb"]
    assert widened("-", longer)[4].differences == (ONE, TWO)


def test_a_text_that_comes_again_keeps_its_fewest_differences() -> None:
    assert once([Guess("x"), Guess("x", (ONE,)), Guess("y", (ONE,)), Guess("y")]) == [Guess("x"), Guess("y", (ONE,))]
