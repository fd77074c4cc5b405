"""Rules that no message ever gets to: those before them take all, or their own turn never comes."""

from collections.abc import Iterator, Sequence

from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.scenario import Asks, Rule
from fake_twilio.domain.rules.turns import Turn
from fake_twilio.scenario_tools.containment import covers, takes_all_its_turns


def shadowed(rules: Sequence[Rule]) -> Iterator[tuple[int, int]]:
    """Yield the place of each rule that is never reached, and the place of the first one that takes all of its own."""
    taking = [place for place, rule in enumerate(rules) if takes_all_its_turns(rule.when.turn)]
    occasions = [_occasion(rule) for rule in rules]
    for place, rule in enumerate(rules):
        rivals = (other for other in _before(place, taking) if _is_asked_too(occasions[other], occasions[place]))
        by = next((other for other in rivals if covers(rules[other].when, rule.when)), None)
        if by is not None:
            yield place, by


def impossible(when: When) -> str | None:
    """Return why it is never the turn of a rule with these conditions, or ``None`` if it may be."""
    turn = when.turn
    if turn.since >= turn.until:
        return "its time is over before it begins: `between` lies outside of its phase"
    if _never_counts(turn):
        return "its nth, first and every never hold together"
    return None


def _before(place: int, taking: Sequence[int]) -> Iterator[int]:
    for other in taking:
        if other >= place:
            return
        yield other


def _occasion(rule: Rule) -> tuple[bool, Asks]:
    """Return when *rule* is asked: rules that are asked at different times leave each other alone."""
    return rule.acts_unread, rule.request


def _is_asked_too(wide: tuple[bool, Asks], narrow: tuple[bool, Asks]) -> bool:
    """Whether whoever is asked on the *narrow* occasion comes after the one of the *wide* one."""
    return wide == narrow or (wide, narrow) == ((False, Asks.ANY), (False, Asks.READ))


def _never_counts(turn: Turn) -> bool:
    """Whether no occasion is taken, however many there are."""
    if turn.nth:
        return not any(_fits(turn, count) for count in turn.nth)
    return turn.first is not None and turn.every is not None and turn.first < turn.every


def _fits(turn: Turn, count: int) -> bool:
    return (turn.first is None or count <= turn.first) and (turn.every is None or count % turn.every == 0)
