"""A rule as a sentence: what it looks at, and what happens."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from fake_twilio.domain.fate.outcome import Choice, Outcome
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.scenario import Asks, Rule
from fake_twilio.scenario_tools import words

_ABOUT = {Asks.READ: "about requests that read; ", Asks.ANY: "about every request; ", Asks.CREATE: ""}


def condition(rule: Rule) -> str:
    """Return what a rule looks at: ``if the recipient is "+1555*" and its turn is one of the first 3``."""
    asked = [*words.conditions(rule.when), *words.turns(rule.when.turn)]
    return f"{_ABOUT[rule.request]}{'if ' + listed(asked) if asked else 'always'}"


def happening(choice: Choice) -> str:
    """Return what happens, in one line; of several outcomes each with its share."""
    if len(choice.options) == 1:
        return _outcome(choice.options[0][1])
    return "; or ".join(f"{words.share(weight / choice.total)}: {_outcome(one)}" for weight, one in choice.options)


def happenings(outcome: Outcome, lives: Callable[[Sequence[Step]], Iterable[str]]) -> Iterator[str]:
    """Yield each thing that happens; *lives* tells of the statuses that a message takes."""
    if outcome.refusal:
        yield words.refusal(outcome.refusal)
    if outcome.fault:
        yield f"fault: {words.fault(outcome.fault)}"
    if outcome.timeline is not None:
        yield from lives(outcome.timeline.steps)
    for trick in words.mischief(outcome.chaos) if outcome.chaos else ():
        yield f"callbacks: {trick}"
    if outcome.reply:
        yield f"reply: {words.reply(outcome.reply)}"


def listed(parts: Sequence[str]) -> str:
    """Return *parts* as people list them: ``a, b, and c``."""
    return ", and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 2 else " and ".join(parts)


def _outcome(outcome: Outcome) -> str:
    return "; ".join(happenings(outcome, lambda steps: (words.life(steps),))) or "as otherwise"
