"""Tests of rules as rows."""

from fake_twilio.inspector.rule_rows import RuleRow, rule_rows
from fake_twilio.inspector.shortened import MOST_ROWS
from fake_twilio.scenario_files.load import parse_scenario

SCENARIO = parse_scenario(
    """
about: Things go wrong.
rules:
  - {name: three, when: {to: "+1555*", first: 3, per: to}, then: {refuse: 21610}}
defaults: {timeline: [{status: sent, after: 1s}]}
""",
    name="mine",
)


def test_a_rule_has_its_count_and_its_words_and_so_have_the_defaults() -> None:
    taken = [("three", 2), ("the defaults", 5)]

    assert rule_rows(SCENARIO, taken, "the defaults").rows == [
        RuleRow(
            "three",
            2,
            'if the recipient is "+1555*" and its turn is one of the first 3, counted for each recipient:'
            " refused with code 21610",
        ),
        RuleRow("the defaults", 5, "otherwise: sent after 1s"),
    ]


def test_what_is_no_rule_of_the_scenario_has_no_words() -> None:
    assert rule_rows(SCENARIO, [("a fault", 1)], "the defaults").rows == [RuleRow("a fault", 1, "")]


def test_of_a_thousand_rules_those_that_were_taken_are_shown() -> None:
    taken = [(f"rule {number}", int(number == 900)) for number in range(1_000)]

    short = rule_rows(SCENARIO, taken, "the defaults")

    assert [row.name for row in short.rows if row.messages] == ["rule 900"]
    assert (short.rows[0].name, len(short.rows), short.left) == ("rule 0", MOST_ROWS, 1_000 - MOST_ROWS)
