"""Tests of how far dials are turned, and what that does."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.chaos import Chaos, Mischief, Trick
from fake_twilio.domain.fate.delays import Fixed
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.fate.outcome import FaultPlan, Outcome, Refuse
from fake_twilio.domain.fate.timeline import Timeline
from fake_twilio.domain.rules.dial_positions import ALL_OFF, Positions
from fake_twilio.domain.rules.dials import DIALS, DIALS_BY_NAME
from fake_twilio.domain.rules.scenario import Asks, Rule

TAKEN = Outcome(timeline=Timeline(()))
DRAWS = Draws(7)
SHARES = st.dictionaries(st.sampled_from(sorted(DIALS_BY_NAME)), st.floats(0, 1))


def positions(**shares: float) -> Positions:
    turned = ALL_OFF
    for name, share in shares.items():
        turned = turned.turned(name, share)
    return turned


def met(rules: tuple[Rule, ...]) -> list[float]:
    """Return the share of all that each rule takes, by the odds of those before it."""
    shares, left = [], 1.0
    for rule in rules:
        probability = rule.when.turn.probability
        assert probability is not None
        shares.append(left * probability)
        left *= 1 - probability
    return shares


@given(SHARES)
def test_what_is_turned_last_counts_and_what_is_off_is_not_there(shares: dict[str, float]) -> None:
    turned = positions(**dict.fromkeys(shares, 1.0))
    for name, share in shares.items():
        turned = turned.turned(name, share)

    assert dict(turned.shares) == {name: share for name, share in shares.items() if share > 0}
    assert list(turned.shares) == [dial.name for dial in DIALS if dial.name in turned.shares]


def test_what_was_turned_before_is_left_as_it_was() -> None:
    before = positions(reset=0.5)

    before.turned("reset", 1)

    assert dict(before.shares) == {"reset": 0.5}


@pytest.mark.parametrize("name", ["rezet", "", "RESET", None, 7, ["reset"], "x" * 10_000])
def test_a_fault_that_there_is_not_is_refused(name: Any) -> None:
    with pytest.raises(ValueError, match=r"wanted a fault that can be turned up \(too_many_requests, ") as refused:
        ALL_OFF.turned(name, 0.5)

    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("share", [-0.001, 1.001, math.nan, math.inf, -math.inf, 20, True, "0.2", None, 10**400])
def test_what_is_no_share_is_refused(share: Any) -> None:
    with pytest.raises(ValueError, match=r"wanted a share from 0 to 1, such as 0.2 for 20 %, not "):
        ALL_OFF.turned("reset", share)


def test_faults_that_decide_are_rules_and_the_others_are_not() -> None:
    turned = positions(**dict.fromkeys(DIALS_BY_NAME, 0.01))

    assert [(rule.name, rule.request) for rule in turned.request_rules] == [
        ("fault: too_many_requests", Asks.ANY),
        ("fault: server_error", Asks.ANY),
        ("fault: unavailable", Asks.ANY),
        ("fault: reset", Asks.ANY),
    ]
    assert [(rule.name, rule.request) for rule in turned.message_rules] == [
        ("fault: unreachable_handset", Asks.CREATE),
        ("fault: landline", Asks.CREATE),
        ("fault: carrier_filter", Asks.CREATE),
    ]


def test_no_rule_acts_before_a_request_is_read() -> None:
    turned = positions(**dict.fromkeys(DIALS_BY_NAME, 0.01))

    assert not any(rule.acts_unread for rule in turned.request_rules + turned.message_rules)


@given(st.lists(st.floats(0.001, 1), min_size=3, max_size=3))
def test_each_has_its_share_of_all_as_long_as_there_is_enough_for_all(wanted: list[float]) -> None:
    total = max(sum(wanted), 1.0)
    shares = [share / total for share in wanted]

    turned = positions(**dict(zip(("unreachable_handset", "landline", "carrier_filter"), shares, strict=True)))

    assert met(turned.message_rules) == pytest.approx(shares, abs=1e-9)


def test_where_the_shares_are_more_than_the_whole_the_first_have_theirs() -> None:
    turned = positions(unreachable_handset=0.6, landline=0.8, carrier_filter=0.5)

    assert met(turned.message_rules) == pytest.approx([0.6, 0.4])


def test_callback_faults_come_behind_what_the_scenario_does_to_callbacks() -> None:
    own = (Mischief.DUPLICATE, Trick(times=5))

    outcome = positions(callback_drop=0.2, callback_duplicate=1).laid_over(
        Outcome(timeline=TAKEN.timeline, chaos=Chaos((own,))), DRAWS
    )

    assert outcome.timeline is TAKEN.timeline
    assert outcome.chaos == Chaos(
        (own, (Mischief.DROP, Trick(probability=0.2)), (Mischief.DUPLICATE, Trick(probability=1.0)))
    )


def test_a_lost_answer_waits_as_long_as_the_scenario_wants() -> None:
    plan = FaultPlan(kind=Break.HALF_BODY, latency=Fixed(3.0))

    outcome = positions(commit_then_fail=1).laid_over(Outcome(timeline=TAKEN.timeline, fault=plan), DRAWS)

    assert outcome.fault == FaultPlan(kind=Break.RESET, is_committed=True, latency=Fixed(3.0))


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(Outcome(refusal=Refuse(21610)), id="a refusal"),
        pytest.param(Outcome(fault=FaultPlan(kind=Break.CLOSE)), id="nothing is made"),
        pytest.param(Outcome(fault=FaultPlan(kind=Break.HTML, is_committed=True)), id="hidden already"),
    ],
)
def test_only_the_answer_to_a_message_that_is_taken_is_lost(outcome: Outcome) -> None:
    assert positions(commit_then_fail=1).laid_over(outcome, DRAWS) == outcome


def test_an_answer_is_slow_in_its_share_of_draws() -> None:
    turned = positions(slow_answer=0.25)

    met_ones = [turned.of_answer(Draws(7, number)) for number in range(2_000)]

    seconds = [fault.latency_seconds for fault in met_ones if fault is not None]
    assert set(seconds) == {2.0}
    assert 430 <= len(seconds) <= 570  # 500, and 3.6 deviations of sqrt(2000 * 0.25 * 0.75)


def test_what_is_off_touches_nothing() -> None:
    assert ALL_OFF.laid_over(TAKEN, DRAWS) is TAKEN
    assert ALL_OFF.of_answer(DRAWS) is None
    assert (ALL_OFF.request_rules, ALL_OFF.message_rules, ALL_OFF.answer_layers) == ((), (), ())
