"""What a scenario lets happen, rule by rule, and which of its rules a message takes."""

import math
from collections.abc import Iterable, Iterator, Sequence
from textwrap import TextWrapper

from fake_twilio.domain.fate.outcome import Choice
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Asks, Rule, Scenario
from fake_twilio.scenario_files.problems import shown
from fake_twilio.scenario_tools import words
from fake_twilio.scenario_tools.containment import takes_all_its_turns
from fake_twilio.scenario_tools.drawing import drawn
from fake_twilio.scenario_tools.sentences import condition, happenings, listed


def explained(scenario: Scenario, width: int) -> str:
    """Return each rule with its conditions and what happens, in lines of at most *width* characters."""
    lines = [f"{scenario.name}: {' '.join(_plain(scenario.about).split())}", ""]
    for number, rule in enumerate(scenario.rules, 1):
        lines += [f"{number}. {shown(rule.name)}", *_indented([condition(rule)]), *_indented(_choice(rule.then)), ""]
    lines += ["otherwise", *_indented(_choice(scenario.otherwise))]
    return _within(lines, width)


def judged(scenario: Scenario, envelope: Envelope, width: int) -> str:
    """Return what each rule says of a message, until one takes it for certain, and what then happens."""
    code = scenario.refusal_code(envelope.to, envelope.sender or None)
    if code is not None:
        return _within([f"The message is refused with code {code} before any rule is asked: magic numbers."], width)
    lines, candidates = _asked(scenario, envelope)
    for number, rule in candidates:
        lines += ["", f"If {number}. takes it:" if len(candidates) > 1 else "What happens:"]
        lines += _indented(_choice(rule.then))
        usual = any(outcome.timeline is None and outcome.refusal is None for _, outcome in rule.then.options)
        lines += _indented(["and what is not said is as otherwise"]) if usual else []
    if not candidates or not _takes_for_certain(candidates[-1][1]):
        lines += ["", "Otherwise:", *_indented(_choice(scenario.otherwise))]
    return _within(lines, width)


def _asked(scenario: Scenario, envelope: Envelope) -> tuple[list[str], list[tuple[int, Rule]]]:
    """Return what each rule says of a message, and those that may take it, with their numbers."""
    lines, candidates = [], []
    for number, rule in enumerate(scenario.rules, 1):
        if rule.acts_unread or rule.request is not Asks.CREATE:
            lines.append(f"{number}. {shown(rule.name)}: is about requests, not about what is in them")
            continue
        different = list(rule.when.mismatches(envelope))
        if different:
            lines.append(f"{number}. {shown(rule.name)}: no, {_different(different)}")
            continue
        candidates.append((number, rule))
        if _takes_for_certain(rule):
            lines.append(f"{number}. {shown(rule.name)}: takes it")
            break
        lines.append(f"{number}. {shown(rule.name)}: takes it if {listed(list(words.turns(rule.when.turn)))}")
    return lines, candidates


def _takes_for_certain(rule: Rule) -> bool:
    """Whether *rule* takes whatever matches, at every moment."""
    turn = rule.when.turn
    return takes_all_its_turns(turn) and turn.since == 0 and turn.until == math.inf


def _plain(text: str) -> str:
    """Return a text of the file without what drives a terminal."""
    return "".join(one if one.isprintable() else " " for one in text)


def _different(names: Sequence[str]) -> str:
    differ = "does not match" if len(names) == 1 else "do not match"
    return f"{listed([words.NAMES[name] for name in names])} {differ}"


def _choice(choice: Choice) -> Iterator[str]:
    """Yield what happens; of several outcomes each with its share."""
    if len(choice.options) == 1:
        yield from happenings(choice.options[0][1], drawn)
        return
    for weight, outcome in choice.options:
        yield words.share(weight / choice.total)
        yield from _indented(happenings(outcome, drawn))


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"   {line}" for line in lines]


def _within(lines: Sequence[str], width: int) -> str:
    """Wrap what is too long; what goes on stands further in than what it belongs to."""
    return "\n".join(part for line in lines for part in _wrapped(line, width))


def _wrapped(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    margin = " " * (len(line) - len(line.lstrip()))
    wrapper = TextWrapper(width=width, subsequent_indent=f"{margin}   ", drop_whitespace=True)
    return [margin + wrapped.lstrip() if not place else wrapped for place, wrapped in enumerate(wrapper.wrap(line))]
