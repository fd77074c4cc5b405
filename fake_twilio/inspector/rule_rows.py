"""The rules of a scenario as rows: how often each was taken, and in words."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.inspector.shortened import Shortened, shortened
from fake_twilio.scenario_tools.sentences import condition, happening


class RuleRow(NamedTuple):
    """A rule, how many messages took it, and what it says; the words are empty for what is no rule of the scenario."""

    name: str
    messages: int
    words: str


def rule_rows(scenario: Scenario, taken: Iterable[tuple[str, int]], defaults: str) -> Shortened[RuleRow]:
    """Return a row for each name that is *taken*, with how often; *defaults* is what the defaults are called.

    Words are only made for the rows that are shown: of a long list those that were taken, and the first ones.
    """
    counted = shortened(list(taken), weight=lambda one: one[1])
    rules = {rule.name: rule for rule in scenario.rules}
    words: Mapping[str, str] = {
        name: f"{condition(rules[name])}: {happening(rules[name].then)}" for name, _ in counted.rows if name in rules
    }
    words = {defaults: f"otherwise: {happening(scenario.otherwise)}", **words}
    return Shortened([RuleRow(name, messages, words.get(name, "")) for name, messages in counted.rows], counted.left)
