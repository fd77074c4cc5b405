"""Tests of what a world knows about numbers."""

from fake_twilio.domain.twilio.lookup_facts import LookupFacts, LookupRule, facts_about
from fake_twilio.domain.values.patterns import Glob, NumberRange


def test_the_first_rule_that_matches_counts() -> None:
    one, two = LookupFacts(carrier="one"), LookupFacts(carrier="two")
    rules = (LookupRule((Glob("+1555*"), Glob("+44*")), one), LookupRule((NumberRange("+15550", "+49999"),), two))

    assert facts_about("+15551", rules) is one
    assert facts_about("+447772000001", rules) is one
    assert facts_about("+20000", rules) is two


def test_a_number_that_no_rule_names_has_nothing_wrong_with_it() -> None:
    facts = facts_about("+15551", (LookupRule((Glob("+44*"),), LookupFacts(error=60600)),))

    assert facts == LookupFacts()
    assert (facts.valid, facts.sim_swapped, facts.line_status, facts.error) == (None, False, "active", None)
