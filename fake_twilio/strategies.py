"""Hypothesis strategies: messages to send, and worlds to send them into. Needs the extra ``hypothesis``."""

from typing import Any

from hypothesis import strategies as st

from fake_twilio.domain.fate.lifecycle import ERRORS, FOLLOWS, Status
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.shrinking.tree import write_tree

Tree = dict[str, Any]
SENDER = "+15005550006"
RECIPIENTS = tuple(f"+1555010{number:04}" for number in range(5))  # so few that some hear more than once
DELIVERY_ERRORS = tuple(str(code) for code in CATALOGUE if 30001 <= code <= 30008)
REFUSALS = ("20429", "20500", "21211", "21610", "21611", "21614")
FAULTS = ("reset", "close", "half_body", "garbage", "wrong_length", "malformed_json", "html")
TRICKS = ("duplicate", "drop", "regress", "bad_signature", "extra_parameters", "missing_optional")

_delays = st.sampled_from(("0s", "0.5s", "3s", "1m", "2h", "uniform(1s, 9s)", "lognormal(1s, 0.5)"))
_spans = st.builds("{}s".format, st.integers(1, 90))


def messages(*, sender: str = SENDER) -> st.SearchStrategy[dict[str, str]]:
    """Return what draws the arguments of ``client.messages.send``: ``to``, ``from_`` and a ``body`` that Twilio takes.

    There are five recipients. Bodies have one to several segments, in GSM-7 and in UCS-2.
    """
    texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200)
    bodies = st.one_of(st.sampled_from(("Your code is 123456", "Grüße ✓", "x" * 161)), texts.filter(str.strip))
    return st.fixed_dictionaries({"to": st.sampled_from(RECIPIENTS), "from_": st.just(sender), "body": bodies})


def scenarios(*, faults: bool = True) -> st.SearchStrategy[Scenario]:
    """Return what draws worlds: rules that fail, refuse, delay, and play tricks with callbacks.

    With *faults* connections break, too. A world that breaks something is made small by Hypothesis.
    """
    return scenario_texts(faults=faults).map(parse_scenario)


def scenario_texts(*, faults: bool = True) -> st.SearchStrategy[str]:
    """Return what draws the same worlds as the texts of scenario files, to keep one that breaks something."""
    tree = st.fixed_dictionaries(
        {
            "about": st.just("a world that chance made"),
            "rules": st.lists(_rules(faults=faults), max_size=4),
            "defaults": st.fixed_dictionaries({"timeline": _timelines()}, optional={"callbacks": _callbacks()}),
        }
    )
    return tree.map(write_tree)


def _rules(*, faults: bool) -> st.SearchStrategy[Tree]:
    return st.fixed_dictionaries({"then": _outcomes(faults=faults)}, optional={"when": _conditions()})


def _conditions() -> st.SearchStrategy[Tree]:
    parts = {
        "to": st.sampled_from((*RECIPIENTS, "+1555*", f"{RECIPIENTS[1]}..{RECIPIENTS[3]}")),
        "segments": st.sampled_from(("1", "2..", "1..3")),
        "first": st.sampled_from(("1", "2")),
        "every": st.sampled_from(("2", "3")),
        "per": st.just("to"),
        "probability": st.sampled_from(("0.1", "0.5", "0.9")),
    }
    return st.fixed_dictionaries({}, optional=parts)


def _outcomes(*, faults: bool) -> st.SearchStrategy[Tree]:
    lives = st.fixed_dictionaries({"timeline": _timelines()}, optional={"callbacks": _callbacks()})
    refusals = st.fixed_dictionaries({"refuse": st.sampled_from(REFUSALS)})
    breaks = st.fixed_dictionaries({"fault": st.sampled_from(FAULTS)})
    stored = st.fixed_dictionaries({"fault": st.sampled_from(({"kind": "reset", "commit": "true"},))})
    return st.one_of(lives, refusals, breaks, stored) if faults else st.one_of(lives, refusals)


@st.composite
def _timelines(draw: st.DrawFn) -> list[Tree]:
    """Draw statuses that may follow each other from ``queued`` on."""
    steps: list[Tree] = []
    status = Status.QUEUED
    while following := sorted(FOLLOWS[status] - {Status.CANCELED, Status.READ}):
        status = draw(st.sampled_from(following))
        step = {"status": str(status), "after": draw(_delays)}
        steps.append({**step, "error": draw(st.sampled_from(DELIVERY_ERRORS))} if status in ERRORS else step)
    return steps


def _callbacks() -> st.SearchStrategy[Tree]:
    tricks: dict[str, st.SearchStrategy[Any]] = dict.fromkeys(TRICKS, st.sampled_from(("true", "0.5")))
    orders = {"order": st.sampled_from(("shuffled", "reversed")), "late": _spans, "before_response": st.just("true")}
    return st.fixed_dictionaries({}, optional={**tricks, **orders})
