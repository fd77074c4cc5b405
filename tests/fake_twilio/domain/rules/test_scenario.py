"""Tests of rules: what happens to which message."""

import pytest

from fake_twilio.domain.fate.outcome import refuses
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Rule
from fake_twilio.domain.values.patterns import Glob
from tests.fake_twilio.doubles import RECIPIENT, SENDER, make_scenario

ENVELOPE = Envelope(to=RECIPIENT, sender=SENDER, body="hello")
YES, NO = (Glob("*"),), (Glob("nothing"),)

PARTS = [
    (When(), []),
    (When(to=YES, sender=YES, body=YES), []),
    (When(to=NO), ["to"]),
    (When(sender=NO), ["from"]),
    (When(body=NO), ["body"]),
    (When(to=NO, sender=NO, body=NO), ["to", "from", "body"]),
    (When(to=NO + YES), []),
]


@pytest.mark.parametrize(("when", "names"), PARTS, ids=range(len(PARTS)))
def test_a_rule_that_does_not_match_says_why(when: When, names: list[str]) -> None:
    assert list(when.mismatches(ENVELOPE)) == names
    assert when.matches(ENVELOPE) is (names == [])


def test_each_part_looks_at_its_own_text() -> None:
    when = When(to=(Glob(RECIPIENT),), sender=(Glob(SENDER),), body=(Glob("hello"),))

    assert when.matches(ENVELOPE)
    assert list(when.mismatches(Envelope(to=SENDER, sender=RECIPIENT, body="bye"))) == ["to", "from", "body"]


def test_the_rules_that_match_come_in_their_order() -> None:
    never, one, other = (Rule(name, When(to=to), refuses(21610)) for name, to in (("0", NO), ("1", YES), ("2", YES)))

    assert list(make_scenario(never, one, other).rules_for(ENVELOPE)) == [one, other]


def test_no_rule_may_match() -> None:
    assert list(make_scenario(Rule("never", When(to=NO), refuses(21610))).rules_for(ENVELOPE)) == []
