"""Tests of what a scenario file may say about status callbacks that go wrong."""

import pytest

from fake_twilio.domain.fate.chaos import Arrival, Chaos, Mischief, Trick
from fake_twilio.domain.fate.delays import Fixed, Uniform
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError

SENT, DONE = Status.SENT, Status.DELIVERED


def chaos(text: str) -> Chaos:
    (rule,) = parse_scenario(
        f"about: x.\nrules:\n- then:\n    callbacks: {{{text}}}\ndefaults: {{timeline: []}}\n"
    ).rules
    found = rule.then.options[0][1].chaos
    assert found is not None
    return found


def problem(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        chaos(text)
    (line,) = caught.value.problems
    return line


@pytest.mark.parametrize(
    ("text", "mischief", "trick"),
    [
        ("order: shuffled", Mischief.SHUFFLED, Trick()),
        ("order: reversed", Mischief.REVERSED, Trick()),
        ("before_response: true", Mischief.BEFORE_RESPONSE, Trick()),
        ("drop: true", Mischief.DROP, Trick()),
        ("drop: 0.05", Mischief.DROP, Trick(probability=0.05)),
        ("drop: [sent]", Mischief.DROP, Trick(statuses=frozenset({SENT}))),
        (
            "drop: {probability: 0.5, statuses: [sent, delivered]}",
            Mischief.DROP,
            Trick(probability=0.5, statuses=frozenset({SENT, DONE})),
        ),
        ("regress: {statuses: delivered}", Mischief.REGRESS, Trick(statuses=frozenset({DONE}))),
        ("bad_signature: [sent]", Mischief.BAD_SIGNATURE, Trick(statuses=frozenset({SENT}))),
        ("extra_parameters: true", Mischief.EXTRA_PARAMETERS, Trick()),
        ("missing_optional: 1", Mischief.MISSING_OPTIONAL, Trick()),
        ("duplicate: true", Mischief.DUPLICATE, Trick()),
        ("duplicate: 3", Mischief.DUPLICATE, Trick(times=3)),
        ("duplicate: 0.05", Mischief.DUPLICATE, Trick(probability=0.05)),
        ("duplicate: {times: 4, probability: 0.5}", Mischief.DUPLICATE, Trick(times=4, probability=0.5)),
        ("late: 90s", Mischief.LATE, Trick(delay=Fixed(90))),
        ('late: "uniform(1s, 3s)"', Mischief.LATE, Trick(delay=Uniform(1, 3))),
        ("late: {by: 90s, statuses: [sent]}", Mischief.LATE, Trick(delay=Fixed(90), statuses=frozenset({SENT}))),
    ],
)
def test_each_key_is_a_trick(text: str, mischief: Mischief, trick: Trick) -> None:
    assert chaos(text) == Chaos(((mischief, trick),))


@pytest.mark.parametrize(
    ("text", "arrivals"),
    [
        ("[delivered, sent, delivered]", (Arrival(DONE), Arrival(SENT), Arrival(DONE))),
        ("[{status: delivered, at: 1s}, {status: sent, at: 2s}]", (Arrival(DONE, 1), Arrival(SENT, 2))),
        ("[delivered, {status: sent, at: 2s}, delivered]", (Arrival(DONE), Arrival(SENT, 2), Arrival(DONE, 2))),
    ],
)
def test_an_order_may_be_given(text: str, arrivals: tuple[Arrival, ...]) -> None:
    assert chaos(f"order: {text}") == Chaos(((Mischief.ORDERED, Trick(arrivals=arrivals)),))


def test_several_keys_are_several_tricks_and_none_is_calm() -> None:
    several = chaos("order: shuffled, drop: 0.5, before_response: true")

    assert {mischief for mischief, _ in several.tricks} == {Mischief.SHUFFLED, Mischief.DROP, Mischief.BEFORE_RESPONSE}
    assert chaos("before_response: false") == Chaos()


@pytest.mark.parametrize(
    ("text", "where", "wanted"),
    [
        ("order: mixed", "order", "wanted shuffled, reversed, or a list of statuses"),
        ("order: []", "order", "wanted shuffled, reversed, or a list of statuses"),
        (f"order: [{', '.join(['sent'] * 101)}]", "order", "wanted shuffled, reversed, or a list of statuses"),
        ("order: [sent, sending]", "order.1", "wanted a status that is told: canceled, delivered"),
        ("order: [{status: sent, att: 1s}]", "order.0.att", "no such key; did you mean at?"),
        ("order: [{status: sent, at: soon}]", "order.0.at", "wanted a duration"),
        ("order: [{status: sent, at: 2s}, {status: sent, at: 1s}]", "order", "no earlier `at`"),
        ("drop: [sending]", "drop.statuses", "wanted statuses that are told"),
        ("drop: []", "drop", "wanted statuses that are told"),
        ("drop: 2", "drop", "wanted a probability above 0 and up to 1"),
        ("duplicate: {times: 1}", "duplicate.times", "wanted how often it comes in all, from 2 to 100"),
        ("duplicate: 101", "duplicate", "wanted a probability"),
        ("late: {statuses: [sent]}", "late.by", "this key is missing"),
        ("late: soon", "late", "wanted a duration"),
        ("before_response: 0.5", "before_response", "wanted true or false"),
        ("orders: shuffled", "orders", "no such key; did you mean order?"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(text: str, where: str, wanted: str) -> None:
    line = problem(text)

    assert f"callbacks.{where.removesuffix('.statuses') if text.startswith('drop: [') else where}: " in line
    assert wanted in line
