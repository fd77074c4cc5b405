"""Tests of what a scenario has in store: counts, chance by key, and time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.chaos import Chaos, Mischief, Trick
from fake_twilio.domain.fate.delays import LogNormal, Uniform
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import Choice, FaultPlan, Outcome, Refuse, always, refuses
from fake_twilio.domain.fate.timeline import Step, Timeline
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Asks, Rule, Scenario
from fake_twilio.domain.rules.turns import Per, Turn
from fake_twilio.domain.twilio.errors import Faulted, Refusal, refusal
from fake_twilio.domain.values.patterns import Glob
from fake_twilio.messages import fates as module
from fake_twilio.messages.fates import Fates, Verdict
from fake_twilio.records.incidents import Incidents, Sort
from tests.fake_twilio.doubles import RECIPIENT, SENDER, make_scenario

OTHER = "+15557654321"
CHAOS = Chaos(((Mischief.DROP, Trick(probability=0.5)),))
SENT = Step(Status.SENT, 1.0)


class Oracle:
    """Fates of a scenario that can be changed, at a time that can be moved."""

    def __init__(self, scenario: Scenario, *, seed: int = 7) -> None:
        self.scenario = scenario
        self.elapsed = 0.0
        self.incidents = Incidents(lambda: self.elapsed)
        self.fates = Fates(
            seed=seed, scenario=lambda: self.scenario, elapsed=lambda: self.elapsed, incidents=self.incidents
        )

    def ask(self, to: str = RECIPIENT, **parts: Any) -> Verdict:
        return self.fates.of_message(Envelope(to=to, sender=SENDER, **{"body": "hello", **parts}))

    def rules(self, count: int, to: str = RECIPIENT) -> list[str | None]:
        return [self.ask(to).rule for _ in range(count)]


def rule(name: str, turn: Turn | None = None, then: Choice | None = None, **parts: Any) -> Rule:
    request = parts.pop("request", Asks.CREATE)
    return Rule(name, When(turn=turn or Turn(), **parts), then or refuses(21211), request)


def test_the_first_rule_whose_turn_it_is_takes_the_message() -> None:
    oracle = Oracle(make_scenario(rule("a", Turn(nth=frozenset({2}))), rule("b", Turn(first=2)), rule("c")))

    assert oracle.rules(5) == ["b", "a", "b", "c", "c"]


def test_what_no_rule_takes_is_as_the_defaults_say() -> None:
    verdict = Oracle(make_scenario(rule("never", to=(Glob("x"),)), steps=(SENT,))).ask()

    assert (verdict.rule, verdict.ordinal, verdict.steps, verdict.fault) == (None, 1, (SENT,), None)


def test_each_recipient_is_counted_for_itself() -> None:
    oracle = Oracle(make_scenario(rule("fails", Turn(first=2, per=Per.TO))))

    assert oracle.rules(3) == ["fails", "fails", None]
    assert oracle.rules(3, OTHER) == ["fails", "fails", None]


def test_only_messages_that_match_are_counted() -> None:
    oracle = Oracle(make_scenario(rule("second", Turn(nth=frozenset({2})), to=(Glob(OTHER),))))

    assert [oracle.ask(to).rule for to in (RECIPIENT, OTHER, RECIPIENT, OTHER)] == [None, None, None, "second"]


def test_a_rule_holds_at_its_time() -> None:
    oracle = Oracle(make_scenario(rule("outage", Turn(since=10.0, until=40.0))))
    seen = []

    for oracle.elapsed in (0.0, 10.0, 39.0, 40.0):
        seen += oracle.rules(1)

    assert seen == [None, "outage", "outage", None]


def test_what_comes_before_its_time_is_not_counted() -> None:
    oracle = Oracle(make_scenario(rule("first", Turn(first=1, since=10.0))))
    early = oracle.rules(3)

    oracle.elapsed = 10.0

    assert (early, oracle.rules(2)) == ([None] * 3, ["first", None])


def test_a_scenario_that_takes_over_counts_and_tells_time_from_then() -> None:
    one, other = (make_scenario(rule(name, Turn(first=1, until=5.0))) for name in "ab")
    oracle = Oracle(one)
    before = oracle.rules(2)

    oracle.elapsed, oracle.scenario = 100.0, other
    oracle.fates.begin()

    assert (before, oracle.rules(2)) == (["a", None], ["b", None])


def test_who_still_asks_for_the_scenario_of_before_takes_no_count_away() -> None:
    old, new = (make_scenario(rule(name, Turn(first=1))) for name in ("old", "new"))
    oracle = Oracle(new)
    oracle.fates.begin()
    seen = oracle.rules(1)

    oracle.scenario = old
    oracle.rules(1)
    oracle.scenario = new

    assert seen + oracle.rules(1) == ["new", None]


@pytest.mark.parametrize(
    ("turn", "taken"),
    [
        (Turn(first=10), 10),
        (Turn(nth=frozenset({1, 50, 400})), 3),
        (Turn(every=10), 40),
        (Turn(first=3, per=Per.TO), 12),
    ],
)
def test_of_many_threads_exactly_as_many_are_taken(turn: Turn, taken: int) -> None:
    oracle = Oracle(make_scenario(rule("counts", turn)))

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda number: oracle.ask(f"+1555000000{number % 4}"), range(400)))

    assert sum(verdict.rule == "counts" for verdict in seen) == taken
    assert sorted(verdict.ordinal for verdict in seen) == sorted(list(range(1, 101)) * 4)


WEIGHTED = Choice(
    (
        (
            2.0,
            Outcome(timeline=Timeline((Step(Status.SENT, 0.0, delay=Uniform(0, 9)), Step(Status.DELIVERED, 1.0)))),
        ),
        (1.0, Outcome(refusal=Refuse(21610), fault=FaultPlan(kind=Break.RESET, latency=LogNormal(1, 1)))),
        (1.0, Outcome(chaos=CHAOS)),
    )
)
RECIPIENTS = st.lists(st.sampled_from([f"+1555000000{number}" for number in range(5)]), max_size=20)


@given(seed=st.integers(0, 2**64), others=RECIPIENTS, ordinal=st.integers(1, 4), data=st.data())
def test_a_messages_fate_is_the_same_whoever_else_is_written_to(
    seed: int, others: list[str], ordinal: int, data: st.DataObject
) -> None:
    scenario = make_scenario(rule("sometimes", Turn(probability=0.5), WEIGHTED))
    alone = Oracle(scenario, seed=seed)
    expected = [alone.ask() for _ in range(ordinal)]

    crowd = data.draw(st.permutations([*others, *[RECIPIENT] * ordinal]))
    crowded = Oracle(scenario, seed=seed)
    seen = [verdict for to in crowd if (verdict := crowded.ask(to)) and to == RECIPIENT]

    told = [(one.outcome, one.rule, one.ordinal, one.steps, one.fault, one.draws.fraction("x")) for one in expected]
    assert [(one.outcome, one.rule, one.ordinal, one.steps, one.fault, one.draws.fraction("x")) for one in seen] == told


USUAL = Outcome(timeline=Timeline((SENT,)), chaos=CHAOS, fault=FaultPlan(kind=Break.RESET))


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        (Outcome(fault=FaultPlan(kind=Break.CLOSE)), (USUAL.timeline, None, CHAOS)),
        (Outcome(chaos=Chaos()), (USUAL.timeline, None, Chaos())),
        (Outcome(timeline=Timeline(())), (Timeline(()), None, CHAOS)),
        (Outcome(refusal=Refuse(21211)), (None, Refuse(21211), CHAOS)),
    ],
)
def test_what_a_rule_does_not_say_is_as_the_defaults_say(own: Outcome, wanted: tuple[Any, ...]) -> None:
    scenario = Scenario(name="x", about="x.", numbers=(), rules=(rule("r", then=always(own)),), otherwise=always(USUAL))

    outcome = Oracle(scenario).ask().outcome

    assert (outcome.timeline, outcome.refusal, outcome.chaos) == wanted
    assert outcome.fault is own.fault


def test_where_the_defaults_refuse_a_rule_about_callbacks_leaves_no_message_without_a_life() -> None:
    rules = (rule("r", then=always(Outcome(chaos=CHAOS))),)
    scenario = Scenario(name="x", about="x.", numbers=(), rules=rules, otherwise=refuses(21211))

    assert Oracle(scenario).ask().outcome.refusal == Refuse(21211)


@pytest.mark.parametrize(("is_read", "seen"), [(False, ["any"] * 2), (True, ["read", "any"])])
def test_requests_meet_the_rules_about_them(is_read: bool, seen: list[str]) -> None:
    rules = [rule("create"), rule("read", Turn(first=1), request=Asks.READ), rule("any", request=Asks.ANY)]
    oracle = Oracle(make_scenario(*rules))

    verdicts = [oracle.fates.of_request(is_read=is_read) for _ in range(2)]

    assert [verdict.rule if verdict else None for verdict in verdicts] == seen
    assert oracle.ask().rule == "create"


def test_without_a_rule_about_requests_none_is_judged() -> None:
    fates = Oracle(make_scenario(rule("create"))).fates

    assert (fates.of_request(is_read=True), fates.before_reading()) == (None, None)


def test_a_reset_before_reading_is_noted_with_its_rule() -> None:
    then = always(Outcome(fault=FaultPlan(kind=Break.RESET_BEFORE_READING)))
    oracle = Oracle(make_scenario(rule("second", Turn(nth=frozenset({2})), then, request=Asks.ANY)))

    faults = [oracle.fates.before_reading() for _ in range(3)]

    assert [fault.kind if fault else None for fault in faults] == [None, Break.RESET_BEFORE_READING, None]
    assert [(one.sort, one.what, one.rule) for one in oracle.incidents.all()] == [
        (Sort.FAULT, "reset_before_reading", "second")
    ]
    assert oracle.fates.of_request(is_read=True) is None


def test_what_is_counted_is_bounded() -> None:
    counts: Any = module.Counter(dict.fromkeys(range(module.MANY), 1))

    assert module._counted(counts, 5) == 2
    assert module._counted(counts, "new") == 1
    assert len(counts) == 1


def test_what_a_rule_leaves_to_chance_says_nothing_of_what_the_defaults_do() -> None:
    tricks = Choice(((1.0, Outcome(chaos=CHAOS)), (1.0, Outcome(chaos=Chaos()))))
    lives = Choice(tuple((1.0, Outcome(timeline=Timeline((Step(Status.SENT, after),)))) for after in (1.0, 2.0)))
    oracle = Oracle(replace(make_scenario(rule("tricks", then=tricks)), otherwise=lives))

    verdicts = [oracle.ask() for _ in range(1_000)]
    seen = Counter((one.outcome.chaos == CHAOS, one.steps[0].after_seconds) for one in verdicts)

    assert len(seen) == 4
    assert min(seen.values()) > 150  # of 1,000: each pair is as likely as another


REFUSAL = refusal(21211)


@pytest.mark.parametrize(
    ("plan", "error", "met"),
    [
        (None, None, None),
        (None, REFUSAL, Refusal),
        (FaultPlan(kind=Break.RESET), None, Faulted),
        (FaultPlan(kind=Break.RESET), REFUSAL, Faulted),
        (FaultPlan(kind=Break.RESET, is_committed=True), None, Break.RESET),
        (FaultPlan(kind=Break.HALF_BODY), None, Break.HALF_BODY),
        (FaultPlan(kind=Break.HALF_BODY), REFUSAL, Faulted),
    ],
)
def test_a_request_is_stopped_by_a_refusal_or_by_what_hides_its_answer(
    plan: FaultPlan | None, error: Refusal | None, met: Any
) -> None:
    verdict = Verdict(outcome=Outcome(fault=plan), rule=None, draws=Draws(1), ordinal=1)

    if isinstance(met, type):
        with pytest.raises(met):
            verdict.check_stopped(error)
        return
    fault = verdict.check_stopped(error)
    assert (fault and fault.kind) == met


def test_a_fault_that_is_turned_up_stands_in_front_of_the_rules_and_outlives_a_scenario() -> None:
    oracle = Oracle(make_scenario(rule("refuses")))
    oracle.fates.faults["landline"] = 1

    taken = oracle.ask()
    oracle.fates.begin()
    still = oracle.ask()
    oracle.fates.faults.clear()

    assert (taken.rule, [step.error_code for step in taken.steps]) == ("fault: landline", [None, 30006])
    assert (still.rule, oracle.ask().rule) == ("fault: landline", "refuses")


def test_a_rule_does_not_count_what_a_fault_took() -> None:
    oracle = Oracle(make_scenario(rule("first", Turn(first=1))))
    oracle.fates.faults["landline"] = 1
    oracle.rules(3)

    del oracle.fates.faults["landline"]

    assert oracle.rules(2) == ["first", None]


def test_a_fault_of_callbacks_or_answers_leaves_the_rule_its_say() -> None:
    own = Outcome(timeline=Timeline((SENT,)), chaos=CHAOS)
    oracle = Oracle(make_scenario(rule("decides", then=always(own))))
    oracle.fates.faults.update(callback_late=0.25, commit_then_fail=1)

    verdict = oracle.ask()

    assert (verdict.rule, verdict.steps) == ("decides", (SENT,))
    assert [kind for kind, _ in (verdict.outcome.chaos or Chaos()).tricks] == [Mischief.DROP, Mischief.LATE]
    assert verdict.fault is not None
    assert verdict.fault.kind is Break.RESET


def test_a_fault_of_requests_stands_in_front_of_the_rules_about_them() -> None:
    oracle = Oracle(make_scenario(rule("any", request=Asks.ANY)))
    oracle.fates.faults["unavailable"] = 1

    verdict = oracle.fates.of_request(is_read=False)

    assert verdict is not None
    assert (verdict.rule, verdict.outcome.refusal) == ("fault: unavailable", Refuse(20503))


@pytest.mark.parametrize(
    ("faults", "wanted"),
    [({}, False), ({"landline": 0.1, "callback_drop": 1}, False), ({"reset": 0.1}, True), ({"slow_answer": 0.1}, True)],
    ids=str,
)
def test_requests_are_judged_only_if_something_is_said_about_them(faults: dict[str, float], wanted: bool) -> None:
    fates = Oracle(make_scenario(rule("create"))).fates
    fates.faults.update(faults)

    assert fates.judges_requests is wanted


def test_the_faults_of_one_seed_are_the_same_in_each_run() -> None:
    def play(seed: int) -> list[object]:
        fates = Oracle(make_scenario(), seed=seed).fates
        fates.faults.update(landline=0.3, callback_drop=0.3, reset=0.3, slow_answer=0.3)
        letters = [Envelope(to=f"+1555000000{number % 5}", sender=SENDER, body="x") for number in range(50)]
        of_messages = [(one.rule, one.draws.fraction("drop/sent")) for one in map(fates.of_message, letters)]
        return [*of_messages, *[(fates.of_request(is_read=True) is None, fates.of_answer()) for _ in range(50)]]

    assert play(7) == play(7)
    assert play(7) != play(8)


def test_each_answer_has_a_chance_of_its_own() -> None:
    fates = Oracle(make_scenario()).fates
    fates.faults["slow_answer"] = 0.5

    slow = sum(fates.of_answer() is not None for _ in range(400))

    assert 160 <= slow <= 240  # 200, and four deviations


def test_how_often_each_rule_was_taken_is_told_until_another_scenario_begins() -> None:
    about_requests = rule("slow", then=always(Outcome(refusal=Refuse(20429))), request=Asks.ANY)
    oracle = Oracle(make_scenario(rule("refuses", Turn(first=2)), about_requests))
    oracle.rules(3)
    oracle.fates.of_request(is_read=True)
    told = oracle.fates.taken()

    oracle.fates.begin()

    assert told == {"refuses": 2, None: 1, "slow": 1}
    assert oracle.fates.taken() == {}
