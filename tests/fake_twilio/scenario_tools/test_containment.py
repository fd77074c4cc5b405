"""Tests of whether one condition takes all that another takes: what is claimed is true of every text tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.rules.conditions import Span, When
from fake_twilio.domain.rules.rates import Kind
from fake_twilio.domain.rules.turns import Per, Turn
from fake_twilio.domain.values.patterns import Glob, parse_pattern
from fake_twilio.scenario_tools.containment import MAX_CHARACTERS, covers, covers_pattern

COVERED = [
    ("*", "re:^a+$"),
    ("**", "a*b"),
    ("*", ""),
    ("a", "a"),
    ("re:a", "re:a"),
    ("re:^a+$", "aaa"),
    ("+1555*", "+1555*"),
    ("+1555*", "+15551*"),
    ("+1555*", "+1555????"),
    ("+1555*", "+15550000..+15559999"),
    ("+1555????", "+15551*34".replace("*", "?")),
    ("+1????0*", "+15551000..+15551009"),
    ("+15550000..+15559999", "+15550100..+15550199"),
    ("+15550000..+15559999", "+15551234"),
    ("*a*", "*ba*"),
    ("*a*b*", "?a*cb"),
    ("a*a", "aba"),
]
NOT_COVERED = [
    ("a", "*"),
    ("a?", "a*"),
    ("?*", "*"),
    ("*a", "*"),
    ("+1555????", "+1555*"),
    ("+15551*", "+15550000..+15559999"),
    ("+15550000..+15559999", "+1555????"),
    ("+15550000..+15559999", "+15550000..+15560000"),
    ("+15550000..+15559999", "+155500000..+155500001"),
    ("re:a", "re:aa"),
    ("re:a", "a*"),
    ("a*", "re:^a"),
    ("a*a", "a"),
]


@pytest.mark.parametrize(("wide", "narrow"), COVERED)
def test_a_pattern_covers_what_it_matches_anyway(wide: str, narrow: str) -> None:
    assert covers_pattern(parse_pattern(wide), parse_pattern(narrow))


@pytest.mark.parametrize(("wide", "narrow"), NOT_COVERED)
def test_a_pattern_covers_nothing_that_it_may_not_match(wide: str, narrow: str) -> None:
    assert not covers_pattern(parse_pattern(wide), parse_pattern(narrow))


PATTERNS = st.one_of(
    st.text("ab?*", max_size=5),
    st.sampled_from(["+10000..+10011", "+10001..+10010", "+1000?", "+100*", "re:^a", "re:b$"]),
).map(parse_pattern)
TEXTS = st.one_of(st.text("ab?*", max_size=5), st.from_regex(r"\+100[01]{2}", fullmatch=True))


@given(PATTERNS, PATTERNS, st.lists(TEXTS, min_size=20, max_size=40))
def test_no_text_shows_that_a_claim_is_wrong(wide: Glob, narrow: Glob, texts: list[str]) -> None:
    if covers_pattern(wide, narrow):
        assert [text for text in texts if narrow.matches(text) and not wide.matches(text)] == []


def test_very_long_patterns_are_not_compared() -> None:
    assert not covers_pattern(Glob("a*" * MAX_CHARACTERS), Glob("a?*" * MAX_CHARACTERS))


def some(*texts: str) -> tuple[Glob, ...]:
    return tuple(map(Glob, texts))


WIDER = [
    (When(), When(to=some("a"), body=some("b"), media=Span(1))),
    (When(to=some("*")), When()),
    (When(to=some("a*", "b")), When(to=some("ab", "b"))),
    (When(number_type=frozenset({Kind.LONG_CODE, Kind.TOLL_FREE})), When(number_type=frozenset({Kind.TOLL_FREE}))),
    (When(country=frozenset({"US"})), When(country=frozenset({"US"}), body=some("x"))),
    (When(segments=Span(1, 5)), When(segments=Span(2, 3))),
    (When(media=Span(0)), When()),
    (When(), When(turn=Turn(nth=frozenset({3}), per=Per.TO, probability=0.5))),
    (When(turn=Turn(since=5, until=50)), When(turn=Turn(since=10, until=50))),
    (When(turn=Turn(probability=1.0)), When()),
]
OTHER = [
    (When(to=some("a")), When()),
    (When(to=some("a")), When(to=some("a", "b"))),
    (When(sender=some("a")), When(to=some("a"))),
    (When(number_type=frozenset({Kind.TOLL_FREE})), When()),
    (When(country=frozenset({"US"})), When(country=frozenset({"US", "CA"}))),
    (When(segments=Span(2)), When(segments=Span(1, 3))),
    (When(media=Span(1)), When()),
    (When(turn=Turn(first=100)), When()),
    (When(turn=Turn(every=1)), When()),
    (When(turn=Turn(nth=frozenset({1}))), When(turn=Turn(nth=frozenset({1})))),
    (When(turn=Turn(probability=0.99)), When()),
    (When(turn=Turn(since=5)), When()),
    (When(turn=Turn(until=5)), When(turn=Turn(until=6))),
]


@pytest.mark.parametrize(("wide", "narrow"), WIDER)
def test_conditions_cover_narrower_ones(wide: When, narrow: When) -> None:
    assert covers(wide, narrow)


@pytest.mark.parametrize(("wide", "narrow"), OTHER)
def test_conditions_do_not_cover_others(wide: When, narrow: When) -> None:
    assert not covers(wide, narrow)
