"""Tests of the index against asking each rule."""

import re
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.rule_index import RuleIndex
from fake_twilio.domain.values.patterns import Glob, NumberRange, Pattern
from fake_twilio.domain.values.regex import Regex

ALPHABET = "+1205ab*?. \n\u00e9\u0661\ud800"
TEXTS = st.one_of(
    st.text(st.sampled_from(ALPHABET), max_size=9),
    st.integers(15_550_000, 15_550_020).map(lambda number: f"+{number}"),
    st.text(max_size=5),
)
NUMBERS = st.tuples(st.integers(15_550_000, 15_550_020), st.integers(15_550_000, 15_550_020))
RANGES = NUMBERS.map(lambda pair: NumberRange(f"+{min(pair)}", f"+{max(pair)}"))
REGEXES = st.sampled_from(["^[+]1555", "a+b?$", "0.0", "."]).map(Regex.parse)
PATTERNS: st.SearchStrategy[Pattern] = st.one_of(TEXTS.map(Glob), RANGES, REGEXES)
LISTS = st.lists(PATTERNS, max_size=3).map(tuple)
WHENS = st.builds(When, to=LISTS, sender=LISTS, body=LISTS, service=LISTS, account=LISTS)
ENVELOPES = st.builds(Envelope, to=TEXTS, sender=TEXTS, body=TEXTS, service_sid=TEXTS, account_sid=TEXTS)


@given(whens=st.lists(WHENS, max_size=12), envelope=ENVELOPES)
@example(whens=[When(to=(Glob(""),)), When(to=(Glob("*"),)), When()], envelope=Envelope(to="", sender="", body=""))
@example(whens=[When(to=(Glob("a"), Glob("a"), Glob("a*")))] * 2, envelope=Envelope(to="a", sender="", body=""))
@example(
    whens=[When(to=(NumberRange("+15550", "+15559"),))],
    envelope=Envelope(to="+1555\u0661", sender="", body=""),
)
def test_the_index_finds_what_asking_each_rule_finds(whens: list[When], envelope: Envelope) -> None:
    found = RuleIndex(whens).places(envelope)

    assert found == [place for place, when in enumerate(whens) if when.matches(envelope)]


@given(text=TEXTS, pattern=TEXTS)
def test_a_glob_matches_as_its_words_say(text: str, pattern: str) -> None:
    expression = "".join({"*": ".*", "?": "."}.get(one, re.escape(one)) for one in pattern)

    assert Glob(pattern).matches(text) == (re.fullmatch(expression, text, re.DOTALL) is not None)


def test_a_thousand_ranges_that_overlap_are_all_found() -> None:
    whens = [When(to=(NumberRange(f"+1555000{low:04}", "+15550009999"),)) for low in range(1_000)]
    found: list[Any] = RuleIndex(whens).places(Envelope(to="+15550000500", sender="", body=""))

    assert found == list(range(501))
