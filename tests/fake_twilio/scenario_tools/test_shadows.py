"""Tests of rules that no message ever gets to."""

import pytest

from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.fate.outcome import FaultPlan, Outcome, always, refuses
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.scenario import Asks, Rule
from fake_twilio.domain.rules.turns import Turn
from fake_twilio.domain.values.patterns import Glob
from fake_twilio.scenario_tools.shadows import impossible, shadowed

UNREAD = always(Outcome(fault=FaultPlan(kind=Break.RESET_BEFORE_READING)))


def rule(when: When = When(), request: Asks = Asks.CREATE) -> Rule:  # noqa: B008 - a frozen value
    return Rule("x", when, refuses(21610), request)


def test_a_rule_behind_a_wider_one_is_never_reached() -> None:
    first, wide, narrow = (rule(When(to=(Glob(text),))) for text in ("+1*", "*", "+1555*"))

    assert list(shadowed([narrow, first, wide])) == []
    assert list(shadowed([first, narrow, wide, narrow])) == [(1, 0), (3, 0)]


@pytest.mark.parametrize(
    "turn", [Turn(nth=frozenset({1})), Turn(first=1), Turn(every=2), Turn(probability=0.5)], ids=repr
)
def test_a_rule_with_turns_hides_nothing(turn: Turn) -> None:
    assert list(shadowed([rule(When(turn=turn)), rule()])) == []


def test_rules_that_are_asked_at_different_times_leave_each_other_alone() -> None:
    create, read, any_, unread = (
        rule(),
        rule(request=Asks.READ),
        rule(request=Asks.ANY),
        Rule("x", When(), UNREAD, Asks.ANY),
    )

    assert list(shadowed([create, read, any_, unread])) == []
    assert list(shadowed([unread, any_, read, create])) == [(2, 1)]
    assert list(shadowed([unread, unread])) == [(1, 0)]


IMPOSSIBLE = [
    (Turn(since=30, until=20), "outside of its phase"),
    (Turn(since=20, until=20), "outside of its phase"),
    (Turn(first=9, every=10), "never hold together"),
    (Turn(first=2, nth=frozenset({3, 4})), "never hold together"),
    (Turn(every=2, nth=frozenset({1, 3})), "never hold together"),
]


@pytest.mark.parametrize(("turn", "reason"), IMPOSSIBLE)
def test_a_turn_may_never_come(turn: Turn, reason: str) -> None:
    assert reason in (impossible(When(turn=turn)) or "")


@pytest.mark.parametrize(
    "turn", [Turn(), Turn(first=10, every=10), Turn(every=2, nth=frozenset({1, 4})), Turn(since=1)]
)
def test_other_turns_come(turn: Turn) -> None:
    assert impossible(When(turn=turn)) is None
