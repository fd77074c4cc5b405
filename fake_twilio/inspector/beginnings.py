"""How a message began: who asked for it, with what, and which rule took it."""

from collections.abc import Iterator

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.dials import DIALS
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.inspector.happening import Happening, Link, page_of
from fake_twilio.inspector.reasons import reasons


def beginning_of(message: Message, scenario: Scenario) -> Iterator[Happening]:
    """Yield what made *message*, and the rule of *scenario* that took it."""
    links = (page_of(message.in_reply_to, "what it answers"),) if message.in_reply_to else ()
    if message.direction == "inbound":
        yield Happening(message.created_at, "request", f"{message.sender} sent it", links=links)
        return
    yield _request(message, links)
    yield _rule(message, scenario)


def _request(message: Message, links: tuple[Link, ...]) -> Happening:
    is_reply = message.direction == "outbound-reply"
    title = "the app's answer asked for it" if is_reply else "POST Messages"
    return Happening(message.created_at, "request", title, links=links, parameters=message.form)


def _rule(message: Message, scenario: Scenario) -> Happening:
    if message.rule is None:
        return Happening(message.created_at, "rule", "no rule took it", "the defaults of the scenario decide")
    return Happening(message.created_at, "rule", f"the rule “{message.rule}” took it", _why(message, scenario))


def _why(message: Message, scenario: Scenario) -> str:
    rule = next((rule for rule in scenario.message_rules if rule.name == message.rule), None)
    if rule is None:
        turned_up = (f"it was turned up: {dial.about}" for dial in DIALS if dial.rule_name == message.rule)
        return next(turned_up, "another scenario decides now, which has no such rule")
    met = reasons(rule, message)
    if met is None:
        return "why cannot be told any more: the text is gone, or another scenario has a rule of this name"
    return "; ".join(met) or "it takes every message"
