"""How long it takes to find the rule of a message among 1,000, and what the pytest fixture costs.

Of the rules some have recipients, the others a prefix, a range, a word of the text, or a regular expression. Half of
the messages match none. The fixture is reset many times; then 100 trivial tests run with it and without it, each time
in a new process. Medians count. Prints ``name value goal PASS|FAIL`` for each and ends with status 0 either way.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from figures import report

from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario

RULES = 1_000
MESSAGES = 2_000
RESETS = 300
TESTS = 100
RUNS = 3
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
PLAIN = "def test_{number}():\n    assert True\n"
WITH = "def test_{number}(fake_twilio):\n    assert True\n"


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


def reset_ms() -> float:
    taken = []
    with FakeTwilioFixture(clock="manual") as fake:
        for _ in range(RESETS):
            began = perf_counter()
            fake.reset()
            taken.append(perf_counter() - began)
    return median(taken) * 1e3


def run_seconds(folder: Path, test: str) -> float:
    (folder / "test_all.py").write_text("".join(test.format(number=number) for number in range(TESTS)), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "fake_twilio.pytest_plugin", "-p", "no:cacheprovider"]
    environment = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
    began = perf_counter()
    subprocess.run([*command, str(folder)], check=True, capture_output=True, cwd=folder, env=environment)
    return perf_counter() - began


def fixture_seconds() -> float:
    with TemporaryDirectory() as name:
        folder = Path(name)
        run_seconds(folder, WITH)  # what is compiled is compiled
        return median(run_seconds(folder, WITH) - run_seconds(folder, PLAIN) for _ in range(RUNS))


def main() -> None:
    report("match_1000_rules_us", match_us(), "<=50")
    report("fixture_reset_ms", reset_ms(), "<=1")
    report("hundred_tests_s", fixture_seconds(), "<=0.5")


if __name__ == "__main__":
    main()
