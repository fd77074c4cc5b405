"""Tests of what may happen to a message, and of how often."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.delays import Fixed, Uniform
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.faults import LONGEST_SECONDS, Break, Fault
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import Choice, FaultPlan, Outcome, Refuse, always, lives, refuses
from fake_twilio.domain.fate.timeline import Step, Timeline

SENT = Step(Status.SENT, 1.0)
WEIGHTS = st.lists(st.floats(0.000001, 999_999), min_size=1, max_size=6)


def options(*weights: float) -> Choice:
    return Choice(tuple((weight, Outcome(refusal=Refuse(number))) for number, weight in enumerate(weights)))


@given(weights=WEIGHTS, key=st.integers())
def test_one_of_the_outcomes_is_drawn_and_always_the_same(weights: list[float], key: int) -> None:
    choice = options(*weights)

    assert choice.drawn(Draws(key), "outcome") in [outcome for _, outcome in choice.options]
    assert choice.drawn(Draws(key), "outcome") is choice.drawn(Draws(key), "outcome")


@pytest.mark.parametrize("weights", [(95.0, 5.0), (1.0, 1.0, 2.0), (0.5, 0.25)])
def test_outcomes_come_as_often_as_they_weigh(weights: tuple[float, ...]) -> None:
    choice = options(*weights)
    drawn = [choice.drawn(Draws(2, number), "outcome") for number in range(4_000)]

    for weight, outcome in choice.options:
        assert drawn.count(outcome) / 4_000 == pytest.approx(weight / sum(weights), abs=0.02)


def test_a_choice_of_one_leaves_nothing_to_chance() -> None:
    outcome = Outcome(refusal=Refuse(21211))

    assert always(outcome).drawn(Draws(1), "outcome") is outcome


def test_the_short_words_make_a_life_and_a_refusal() -> None:
    assert lives(SENT).drawn(Draws(1), "outcome") == Outcome(timeline=Timeline((SENT,)))
    assert refuses(21211).drawn(Draws(1), "outcome") == Outcome(refusal=Refuse(21211))


def test_a_plan_becomes_a_fault_with_its_seconds() -> None:
    plan = FaultPlan(kind=Break.HTML, status=503, latency=Uniform(1.0, 2.0), drip=Fixed(3.0), is_committed=True)

    fault = plan.drawn(Draws(1))

    assert (fault.kind, fault.status, fault.drip_seconds) == (Break.HTML, 503, 3.0)
    assert 1 <= fault.latency_seconds < 2
    assert FaultPlan(kind=Break.RESET).drawn(Draws(1)) == Fault(kind=Break.RESET)


def test_a_fault_waits_no_longer_than_a_server_would() -> None:
    assert FaultPlan(latency=Fixed(1e6)).drawn(Draws(1)).latency_seconds == LONGEST_SECONDS
