"""Tests of what may stand in a scenario file, and what it means."""

from itertools import product
from typing import Any

import pytest
from pydantic import ValidationError

from fake_twilio.domain.fate.lifecycle import ERRORS, Status, may_follow
from fake_twilio.domain.fate.outcome import lives, refuses
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.scenario import Rule
from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.domain.values.patterns import Glob, NumberRange
from fake_twilio.scenario_files.conditions import WhenPart
from fake_twilio.scenario_files.grammar import RulePart, ScenarioPart
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.outcomes import StepPart, ThenPart
from fake_twilio.scenario_files.problems import ScenarioError

DELIVERED: dict[str, Any] = {"timeline": [{"status": "sent", "after": "1s"}, {"status": "delivered"}]}


def wanted(part: Any, tree: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        part.model_validate(tree)
    (problem,) = caught.value.errors()
    return str(problem["msg"])


def test_a_whole_file_becomes_a_scenario() -> None:
    rule = {"name": "theirs", "when": {"to": "+1555*", "from": ["INFO", "12345"]}, "then": {"refuse": "21610"}}
    tree = {"about": "a world", "numbers": ["+15005550006"], "rules": [rule], "defaults": DELIVERED}

    found = ScenarioPart.model_validate(tree).to_scenario("world")

    assert (found.name, found.about, found.numbers) == ("world", "a world", ("+15005550006",))
    assert found.rules == (Rule("theirs", When((Glob("+1555*"),), (Glob("INFO"), Glob("12345"))), refuses(21610)),)
    assert found.otherwise == lives(Step(Status.SENT, 1.0), Step(Status.DELIVERED, 0.0))


def test_a_rule_without_a_name_is_known_by_its_number() -> None:
    tree = {"about": "x", "defaults": DELIVERED, "rules": [{"then": DELIVERED}, {"then": DELIVERED}]}

    found = ScenarioPart.model_validate(tree).to_scenario("x")

    assert [rule.name for rule in found.rules] == ["rule 1", "rule 2"]


def test_a_rule_without_a_condition_holds_for_every_message() -> None:
    assert RulePart.model_validate({"then": DELIVERED}).to_rule(1).when == When()


def test_a_range_is_read_as_one() -> None:
    part = WhenPart.model_validate({"to": "+15550..+15559", "body": ["*STOP*"]})

    assert part.to_when() == When(to=(NumberRange("+15550", "+15559"),), body=(Glob("*STOP*"),))


@pytest.mark.parametrize(("one", "two"), list(product(Status, Status)), ids=str)
def test_a_timeline_follows_the_lifecycle_from_queued_on(one: Status, two: Status) -> None:
    steps = [{"status": one, **({"error": "30007"} if one in ERRORS else {})}]
    steps += [{"status": two, **({"error": "30007"} if two in ERRORS else {})}]
    if may_follow(Status.QUEUED, one) and may_follow(one, two):
        assert ThenPart.model_validate({"timeline": steps}).to_outcome()
        return
    wrong = f"{two} may not follow {one}" if may_follow(Status.QUEUED, one) else f"{one} may not follow queued"

    assert wrong in wanted(ThenPart, {"timeline": steps})


def test_an_empty_timeline_leaves_the_message_queued() -> None:
    assert ThenPart.model_validate({"timeline": []}).to_choice() == lives()


@pytest.mark.parametrize("status", sorted(ERRORS))
def test_a_failure_needs_an_error_code(status: Status) -> None:
    assert f"wanted an error code with {status}" in wanted(StepPart, {"status": status})
    assert StepPart.model_validate({"status": status, "error": "30007"}).to_step() == Step(status, 0.0, 30007)


@pytest.mark.parametrize("status", sorted(set(Status) - ERRORS))
def test_any_other_status_has_none(status: Status) -> None:
    assert f"wanted no error code with {status}" in wanted(StepPart, {"status": status, "error": "30007"})


NO_CODES = {repr(code): code for code in ("", "1", "99999", "abc", "-21211", "\u0662" * 5, 21211, ["21211"])}
NO_CODES["5000 digits"] = "9" * 5000


@pytest.mark.parametrize("code", NO_CODES.values(), ids=NO_CODES.keys())
def test_a_code_that_is_none_of_twilios_is_refused(code: Any) -> None:
    assert "wanted one of Twilio's error codes" in wanted(StepPart, {"status": "failed", "error": code})


@pytest.mark.parametrize("code", [code for code, entry in CATALOGUE.items() if entry.status is None])
def test_a_request_cannot_be_refused_with_an_error_of_a_delivery(code: int) -> None:
    assert "comes with a status later" in wanted(ThenPart, {"refuse": str(code)})


@pytest.mark.parametrize("code", [code for code, entry in CATALOGUE.items() if entry.status is not None])
def test_a_request_can_be_refused_with_any_other_code(code: int) -> None:
    assert ThenPart.model_validate({"refuse": str(code)}).to_choice() == refuses(code)


@pytest.mark.parametrize("tree", [{}, {"refuse": None}], ids=["none", "null"])
def test_something_happens(tree: dict[str, Any]) -> None:
    assert "wanted a timeline, a code to refuse with, a fault" in wanted(ThenPart, tree)


def test_what_is_refused_does_not_live() -> None:
    assert "wanted either a timeline or a code to refuse with" in wanted(ThenPart, {"refuse": "21610", **DELIVERED})


@pytest.mark.parametrize("after", [None, "soon", ["1s"], "-1s", "400d", 5], ids=repr)
def test_a_step_happens_after_a_duration(after: Any) -> None:
    assert "wanted a " in wanted(StepPart, {"status": "sent", "after": after})


@pytest.mark.parametrize("pattern", ["", ["a", ""], [None], [["a"]]], ids=repr)
def test_a_pattern_is_a_text(pattern: Any) -> None:
    assert "wanted a text, * and ? for any characters" in wanted(WhenPart, {"to": pattern})


def test_a_range_that_holds_nothing_is_refused() -> None:
    assert "the lower one first" in wanted(WhenPart, {"to": "+15559..+15550"})


@pytest.mark.parametrize("number", ["hello!", "", "15005550006", "+1"])
def test_the_accounts_numbers_are_senders(number: str) -> None:
    tree = {"about": "x", "defaults": DELIVERED, "numbers": ["INFO", number]}

    assert f"not {number!r}" in wanted(ScenarioPart, tree)


@pytest.mark.parametrize("word", ["yes", "True", "1", "null"])
def test_a_switch_is_true_or_false_and_nothing_else(word: str) -> None:
    text = f"about: x.\nmagic_numbers: {word}\ndefaults: {{timeline: []}}\n"

    with pytest.raises(ScenarioError, match="2:16: magic_numbers: wanted true or false"):
        parse_scenario(text)


def test_magic_numbers_are_off_unless_they_are_switched_on() -> None:
    text = "about: x.\ndefaults: {timeline: []}\n"

    assert parse_scenario(text).magic_numbers is False
    assert parse_scenario("magic_numbers: true\n" + text).magic_numbers is True


@pytest.mark.parametrize(
    "defaults",
    [
        {"callbacks": {"order": "shuffled"}},
        {"reply": "YES"},
        {"fault": {"latency": "1s"}},
        {"fault": "half_body"},
        {"fault": {"kind": "reset", "commit": "true"}},
        {"outcomes": [{"weight": "1"}, DELIVERED]},
    ],
    ids=str,
)
def test_defaults_that_leave_messages_queued_for_ever_are_refused(defaults: dict[str, Any]) -> None:
    assert "stay queued for ever" in wanted(ScenarioPart, {"about": "x", "defaults": defaults})


@pytest.mark.parametrize(
    "defaults",
    [
        {"callbacks": {"order": "shuffled"}, "timeline": []},
        {"refuse": "21211"},
        {"fault": "reset"},
        {"fault": "reset_before_reading"},
        {"fault": {"kind": "html", "latency": "1s"}},
        {"outcomes": [{"refuse": "21211"}, DELIVERED, {"fault": "hang"}]},
    ],
    ids=str,
)
def test_defaults_that_say_what_becomes_of_each_message_are_taken(defaults: dict[str, Any]) -> None:
    assert ScenarioPart.model_validate({"about": "x", "defaults": defaults}).defaults
