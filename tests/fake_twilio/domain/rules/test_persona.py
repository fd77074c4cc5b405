"""Tests of people who answer."""

from fake_twilio.domain.rules.persona import Persona
from fake_twilio.domain.values.patterns import Glob
from tests.fake_twilio.doubles import RECIPIENT, SENDER


def test_a_persona_answers_what_is_meant_for_it_and_matches() -> None:
    persona = Persona(numbers=(Glob(RECIPIENT),), on=(Glob("*confirm*"), Glob("*sure?")), reply="YES")

    assert persona.answers(RECIPIENT, "please confirm now")
    assert persona.answers(RECIPIENT, "are you sure?")
    assert not persona.answers(RECIPIENT, "hello")
    assert not persona.answers(SENDER, "please confirm now")


def test_a_persona_to_whom_nothing_is_said_answers_everything() -> None:
    assert Persona(numbers=(Glob("*"),), reply="YES").answers(RECIPIENT, "")
