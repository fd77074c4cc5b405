"""Tests of what a message must be like; patterns are tried in `test_scenario.py` too."""

from typing import Any

import pytest

from fake_twilio.domain.rules.conditions import Span, When, texts_of
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.rates import Kind
from fake_twilio.domain.rules.turns import Turn
from fake_twilio.domain.values.patterns import Glob

ENVELOPE = Envelope(
    to="+14155551234", sender="+18005550101", body="x" * 200, service_sid="MG1", account_sid="AC1", media=1
)


@pytest.mark.parametrize(
    ("span", "held"), [(Span(2, 4), [2, 3, 4]), (Span(2), [2, 3, 4, 5]), (Span(0, 0), [0]), (Span(3, 3), [3])]
)
def test_both_ends_of_a_span_are_in_it(span: Span, held: list[int]) -> None:
    assert [number for number in range(6) if span.holds(number)] == held


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"to": (Glob("+44*"),)}, "to"),
        ({"sender": (Glob("+1415*"),)}, "from"),
        ({"body": (Glob("y*"),)}, "body"),
        ({"service": (Glob("MG2"),)}, "service"),
        ({"account": (Glob("AC2"),)}, "account"),
        ({"number_type": frozenset({Kind.SHORT_CODE})}, "number_type"),
        ({"country": frozenset({"GB", "DE"})}, "country"),
        ({"segments": Span(3)}, "segments"),
        ({"media": Span(0, 0)}, "media"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_part_that_does_not_hold_is_named_and_asked(parts: dict[str, Any], name: str) -> None:
    when = When(**parts)

    assert list(when.mismatches(ENVELOPE)) == [name]
    assert (list(when.asked()), when.matches(ENVELOPE)) == ([name], False)


def test_all_parts_may_hold_at_once() -> None:
    when = When(
        to=(Glob("+1415*"),),
        service=(Glob("MG1"),),
        account=(Glob("AC*"),),
        number_type=frozenset({Kind.TOLL_FREE}),
        country=frozenset({"US"}),
        segments=Span(2, 2),
        media=Span(1),
    )

    assert when.matches(ENVELOPE)


def test_turns_ask_nothing_of_the_message() -> None:
    when = When(turn=Turn(first=3, probability=0.5))

    assert list(when.asked()) == []
    assert when.matches(ENVELOPE)


def test_every_pattern_has_its_text() -> None:
    assert list(texts_of(ENVELOPE)) == list(When().patterns())
