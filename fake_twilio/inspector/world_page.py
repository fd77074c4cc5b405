"""The world: the scenario and its rules, faults, the clock, opt-outs, what went wrong."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Response

from fake_twilio.domain.rules.dials import DIALS
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.inspector.fault_dials import dial_groups, turned_up
from fake_twilio.inspector.inventory_rows import inventory_rows
from fake_twilio.inspector.page import Pages
from fake_twilio.inspector.routes import Route
from fake_twilio.inspector.rule_rows import rule_rows
from fake_twilio.inspector.shortened import shortened
from fake_twilio.inspector.subject import Subject
from fake_twilio.scenario_files.finding import bundled

MOST_ALERTS = 50  # the newest
DEFAULTS = "the defaults"


class Taken(NamedTuple):
    """A rule, and how often it was taken: what it refused or broke counts, too."""

    rule: str
    times: int


class WorldPage:
    """The view."""

    def __init__(self, subject: Subject, pages: Pages) -> None:
        self._subject = subject
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        return (Route("/world", self.show),)

    def show(self) -> Response:
        """Answer how the world stands now."""
        subject = self._subject
        shares = dict(subject.faults)
        newest = subject.feed.newest  # before the messages: what comes meanwhile is told twice, not missed
        return self._pages.show(
            "world.html",
            scenario=subject.scenario,
            rules=rule_rows(subject.scenario, rules_taken(subject.scenario, subject.rules_taken), DEFAULTS),
            names=list(bundled()),
            dial_groups=dial_groups(shares),
            turned_up=turned_up(shares),
            now=subject.now,
            clock=subject.clock_kind,
            seed=subject.seed,
            account_sid=subject.account_sid,
            opt_outs=shortened(subject.opt_outs, weight=lambda one: one.since),
            alerts=shortened(subject.alerts[::-1], most=MOST_ALERTS),
            unknown=shortened(list(subject.unknown_routes.items()), weight=lambda one: one[1]),
            evicted=subject.evicted,
            newest=newest,
            own=inventory_rows(subject),
        )


def rules_taken(scenario: Scenario, taken: Mapping[str | None, int]) -> list[Taken]:
    """Return each rule of *scenario*, in its order, with how often it was *taken*, and the defaults last.

    Before them stand the faults that were turned up and struck.
    """
    named = [Taken(rule.name, taken.get(rule.name, 0)) for rule in scenario.rules]
    struck = [Taken(dial.rule_name, taken[dial.rule_name]) for dial in DIALS if dial.rule_name in taken]
    return [*struck, *named, Taken(DEFAULTS, taken.get(None, 0))]
