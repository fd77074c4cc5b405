"""How long it takes to find the rule of a message among 1,000.

Of the rules some have recipients, the others a prefix, a range, a word of the text, or a regular expression. Half of
the messages match none. The median counts. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from figures import report

from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.scenario_files.load import parse_scenario

RULES = 1_000
MESSAGES = 2_000
HEAD = "about: A bench.\ndefaults: {timeline: [{status: sent, after: 1s}]}\nrules:\n"
KINDS: tuple[Callable[[int], str], ...] = (
    lambda number: f'to: "+1555000{number:04}"',
    lambda number: f'to: "+1555000{number:04}"',
    lambda number: f'to: ["+1555001{number:04}", "+1555002{number:04}"]',
    lambda number: f'to: "+1556{number:04}*"',
    lambda number: f'to: "+1557{number:04}000..+1557{number:04}999"',
    lambda number: f'body: "*word{number} *"',
    lambda number: f'{{to: "+1*", body: "*name{number} ?x*"}}'.strip("{}"),
    lambda number: f'body: "re:^order {number}[0-9]{{2}}$"',
)


def make_scenario() -> Scenario:
    rules = (f"  - {{when: {{{KINDS[n % len(KINDS)](n)}}}, then: {{refuse: 21211}}}}\n" for n in range(RULES))
    return parse_scenario(HEAD + "".join(rules))


def make_messages() -> list[Envelope]:
    """Return messages of which every second one matches a rule, of each kind in turn."""
    found = []
    for number in range(MESSAGES):
        rule = number * 7 % RULES
        to = (f"+1555000{rule:04}", f"+1556{rule:04}123", f"+1557{rule:04}123", "+442071234567")[number // 2 % 4]
        text = (f"hello word{rule} there", f"order {rule}42")[number // 8 % 2]
        is_miss = number % 2
        found.append(Envelope(to="+4930123456" if is_miss else to, sender="INFO", body="a text" if is_miss else text))
    return found


def match_us() -> float:
    scenario = make_scenario()
    list(scenario.rules_for(Envelope(to="+1", sender="", body="")))  # the index is made
    taken = []
    for message in make_messages():
        began = perf_counter()
        next(scenario.rules_for(message), None)
        taken.append(perf_counter() - began)
    return median(taken) * 1e6


def main() -> None:
    report("match_1000_rules_us", match_us(), "<=50")


if __name__ == "__main__":
    main()
