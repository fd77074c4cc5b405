"""The rules of a scenario as rows: how often each was taken, and in words."""

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from fake_twilio.domain.rules.dials import DIALS
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.inspector.shortened import Shortened, shortened
from fake_twilio.scenario_tools.sentences import condition, happening

_FAULTS = {dial.rule_name: dial.about for dial in DIALS}


class RuleRow(NamedTuple):
    """A rule or a fault that was turned up, how often it was taken, and what it says."""

    name: str
    times: int
    words: str


def rule_rows(scenario: Scenario, taken: Iterable[tuple[str, int]], defaults: str) -> Shortened[RuleRow]:
    """Return a row for each name that is *taken*, with how often; *defaults* is what the defaults are called.

    Words are only made for the rows that are shown: of a long list the defaults, those that were taken, the first ones.
    """
    counted = shortened(list(taken), weight=lambda one: inf if one[0] == defaults else one[1])
    rules = {rule.name: rule for rule in scenario.rules}
    others = {defaults: f"otherwise: {happening(scenario.otherwise)}", **_FAULTS}

    def words(name: str) -> str:
        rule = rules.get(name)
        return f"{condition(rule)}: {happening(rule.then)}" if rule else others.get(name, "")

    return Shortened([RuleRow(name, times, words(name)) for name, times in counted.rows], counted.left)
