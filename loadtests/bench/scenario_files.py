"""How many milliseconds a scenario of 1,000 rules takes from its text to a world.

Each rule has patterns for recipient, sender and body, a regular expression in every tenth, and a timeline of three
statuses. The median of several loads in this process counts, after a small one that loads what Python needs. Prints
``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

from statistics import median
from time import perf_counter

from figures import report

from fake_twilio.scenario_files.load import parse_scenario

RULES = 1_000
ROUNDS = 9
GOAL = 300  # milliseconds
HEAD = """about: A bench.
defaults: {timeline: [{status: sent, after: 1s}]}
rules:
"""
RULE = """  - name: rule {number}
    when:
      to: "+1555{number:04}*"
      from: ["+15005550006", "+1500556{number:04}"]
      body: "{body}"
    then:
      timeline:
        - {{status: sending, after: 100ms}}
        - {{status: sent, after: 1s}}
        - {{status: undelivered, after: 2s, error: 30007}}
"""


def scenario_of(rules: int) -> str:
    """Return the text of a scenario with so many rules."""
    bodies = (f"re:^order {number}[0-9]+$" if number % 10 == 0 else f"*word{number}*" for number in range(rules))
    return HEAD + "".join(RULE.format(number=number, body=body) for number, body in enumerate(bodies))


def load_ms(text: str, rules: int) -> float:
    began = perf_counter()
    assert len(parse_scenario(text).rules) == rules
    return (perf_counter() - began) * 1_000


def main() -> None:
    load_ms(scenario_of(2), 2)
    text = scenario_of(RULES)
    value = median(load_ms(text, RULES) for _ in range(ROUNDS))
    report("load_1000_rules_ms", value, f"<={GOAL}")


if __name__ == "__main__":
    main()
