"""What can be left out of a scenario, and what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.timeline import Timeline
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.shrinking.tree import write_tree
from fake_twilio.shrinking.troubles import Tree, named, troubles_of, without

SENT = [{"status": "sent", "after": "1s"}]
TREE = named(
    {
        "about": "a world with much trouble",
        "limits": {"concurrency": "2"},
        "opt_outs": [{"from": "+15551230000", "to": "+15005550006"}],
        "personas": [{"number": "+15551230001", "reply": "STOP"}],
        "phases": [
            {"name": "outage", "from": "1s", "until": "9s", "rules": [{"then": {"refuse": {"status": "503"}}}]},
            {
                "name": "storm",
                "rules": [{"then": {"callbacks": {"duplicate": "3"}}}, {"then": {"fault": "reset"}}],
            },
        ],
        "rules": [
            {"when": {"to": "+1555*"}, "then": {"refuse": "21610"}},
            {
                "name": "late",
                "then": {"timeline": SENT, "callbacks": {"late": "9s", "drop": "0.5"}, "fault": "half_body"},
            },
        ],
        "defaults": {"timeline": SENT, "reply": "hello", "callbacks": {"order": "shuffled"}},
    }
)
TOLD = [
    "phase storm",
    "phase outage",
    "phase storm: rule 1",
    "phase storm: rule 2",
    "rule rule 1",
    "rule late",
    "opt_out 1",
    "persona 1",
    "limits",
    "defaults: reply",
    "defaults: callbacks order",
    "rule late: fault",
    "rule late: callbacks late",
    "rule late: callbacks drop",
    "phase storm: rule 1: callbacks duplicate",
]


def test_each_thing_that_goes_wrong_is_a_trouble() -> None:
    assert sorted(trouble.told for trouble in troubles_of(TREE)) == sorted(TOLD)


@pytest.mark.parametrize("told", TOLD)
def test_each_can_be_left_out_alone(told: str) -> None:
    gone = [trouble for trouble in troubles_of(TREE) if trouble.told == told]
    left = {trouble.told for trouble in troubles_of(without(TREE, gone))}

    assert told not in left
    assert {one for one in TOLD if not one.startswith(told)} - left <= {"phase storm: rule 1", "phase storm"}


@given(st.sets(st.sampled_from(troubles_of(TREE))))
def test_whatever_is_left_out_the_rest_is_a_scenario(gone: set) -> None:
    assert parse_scenario(write_tree(without(TREE, gone))).about == "a world with much trouble"


def test_without_all_of_them_nothing_goes_wrong() -> None:
    assert without(TREE, troubles_of(TREE)) == {
        "about": "a world with much trouble",
        "defaults": {"timeline": SENT},
    }


def test_a_rule_keeps_its_name_when_others_go() -> None:
    first, *_ = [trouble for trouble in troubles_of(TREE) if trouble.told == "rule rule 1"]
    nameless: Tree = {
        "about": "",
        "rules": [{"then": {"refuse": code}} for code in ("21610", "21211")],
        "defaults": {"timeline": []},
    }
    (one, other) = troubles_of(named(nameless))

    assert first.path == ("rules", 0)
    assert without(named(nameless), [one])["rules"][0]["name"] == "rule 2"
    assert other.told == "rule rule 2"


def test_the_defaults_stay_though_nothing_is_left_of_them() -> None:
    tree: Tree = {"about": "", "defaults": {"callbacks": {"drop": "true"}}}

    assert without(tree, troubles_of(tree)) == {"about": "", "defaults": {"timeline": []}}


def test_defaults_without_their_fault_still_say_what_becomes_of_a_message() -> None:
    tree: Tree = {"about": "a", "defaults": {"fault": "reset", "callbacks": {"drop": "true"}}}
    (fault,) = [trouble for trouble in troubles_of(tree) if trouble.told == "defaults: fault"]

    assert parse_scenario(write_tree(without(tree, [fault]))).otherwise.options[0][1].timeline == Timeline(())
