"""Tests of what is tried behind the URL."""

from fake_twilio.domain.webhooks.workbench.guess import Guess
from fake_twilio.domain.webhooks.workbench.pasted import Pasted, Reading, read_parameters
from fake_twilio.domain.webhooks.workbench.tail_guesses import MOST_CHARACTERS, tail_guesses

FORM = read_parameters("b=2&a=1&a=1&c=%20")


def test_the_parameters_come_first_as_they_are_signed() -> None:
    assert tail_guesses(FORM, "POST")[0] == Guess("a1b2c ")


def test_nothing_stands_behind_the_url_of_a_get_or_before_a_json_body() -> None:
    get, body = tail_guesses(FORM, "GET"), tail_guesses(Pasted(Reading.BODY, (), "{}"), "POST")

    assert [guess.text for guess in get] == ["", "a1b2c "]
    assert body == [Guess("")]


def test_each_text_is_tried_once() -> None:
    texts = [guess.text for guess in tail_guesses(FORM, "POST")]

    assert len(set(texts)) == len(texts)
    assert {"", "a1a1b2c ", "b2a1a1c ", FORM.text, "a1b2c+", "a1"} <= set(texts)


def test_two_differences_are_tried_of_what_is_not_too_long() -> None:
    long = read_parameters(f"a=%2520&b={'x' * MOST_CHARACTERS}")

    assert max(len(guess.differences) for guess in tail_guesses(FORM, "POST")) == 2
    assert max(len(guess.differences) for guess in tail_guesses(long, "POST")) == 1
