"""What a scenario lets happen, rule by rule, and which of its rules a message takes."""

import math
from collections.abc import Iterator, Sequence
from textwrap import TextWrapper

from fake_twilio.domain.fate.outcome import Choice, Outcome
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Asks, Rule, Scenario
from fake_twilio.scenario_files.problems import shown
from fake_twilio.scenario_tools import words
from fake_twilio.scenario_tools.containment import takes_all_its_turns
from fake_twilio.scenario_tools.drawing import drawn

_ABOUT = {Asks.READ: "about requests that read; ", Asks.ANY: "about every request; ", Asks.CREATE: ""}


def explained(scenario: Scenario, width: int) -> str:
    """Return each rule with its conditions and what happens, in lines of at most *width* characters."""
    lines = [f"{scenario.name}: {' '.join(_plain(scenario.about).split())}", ""]
    for number, rule in enumerate(scenario.rules, 1):
        lines += [f"{number}. {shown(rule.name)}", *_indented([_condition(rule)]), *_indented(_choice(rule.then)), ""]
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
            lines.append(f"{number}. {shown(rule.name)}: no, {_and(different)} {_differ(different)}")
            continue
        candidates.append((number, rule))
        if _takes_for_certain(rule):
            lines.append(f"{number}. {shown(rule.name)}: takes it")
            break
        lines.append(f"{number}. {shown(rule.name)}: takes it if {_and(list(words.turns(rule.when.turn)))}")
    return lines, candidates


def _takes_for_certain(rule: Rule) -> bool:
    """Whether *rule* takes whatever matches, at every moment."""
    turn = rule.when.turn
    return takes_all_its_turns(turn) and turn.since == 0 and turn.until == math.inf


def _plain(text: str) -> str:
    """Return a text of the file without what drives a terminal."""
    return "".join(one if one.isprintable() else " " for one in text)


def _and(parts: Sequence[str]) -> str:
    return ", and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 2 else " and ".join(parts)


def _differ(names: Sequence[str]) -> str:
    return "does not match" if len(names) == 1 else "do not match"


def _condition(rule: Rule) -> str:
    asked = [*words.conditions(rule.when), *words.turns(rule.when.turn)]
    return f"{_ABOUT[rule.request]}{'if ' + _and(asked) if asked else 'always'}"


def _choice(choice: Choice) -> Iterator[str]:
    """Yield what happens; of several outcomes each with its share."""
    if len(choice.options) == 1:
        yield from _outcome(choice.options[0][1])
        return
    for weight, outcome in choice.options:
        yield words.share(weight / choice.total)
        yield from _indented(_outcome(outcome))


def _outcome(outcome: Outcome) -> Iterator[str]:
    if outcome.refusal:
        yield words.refusal(outcome.refusal)
    if outcome.fault:
        yield f"fault: {words.fault(outcome.fault)}"
    if outcome.timeline is not None:
        yield from drawn(outcome.timeline.steps)
    for trick in words.mischief(outcome.chaos) if outcome.chaos else ():
        yield f"callbacks: {trick}"
    if outcome.reply:
        yield f"reply: {words.reply(outcome.reply)}"


def _indented(lines: Iterator[str] | Sequence[str]) -> list[str]:
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
