"""Tests of the table of faults that can be turned up."""

import pytest

from fake_twilio.domain.fate.chaos import Mischief
from fake_twilio.domain.rules.dials import DIALS, DIALS_BY_NAME, Concern, Dial
from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.scenario_files.load import parse_scenario

FAILURES = {path.name: path for path in ERROR_PATHS}
SLOW_IS_NO_FAILURE = "slow_answer"
LAYERS = {
    *("slow_answer", "commit_then_fail", "callback_drop", "callback_late", "callback_duplicate", "callback_disorder"),
    "callback_bad_signature",
}


def test_each_fault_has_a_name_of_its_own_and_a_sentence() -> None:
    assert len(DIALS_BY_NAME) == len(DIALS)
    assert all(dial.about[0].isupper() and dial.about.endswith(".") for dial in DIALS)
    assert {dial.concern for dial in DIALS} == set(Concern)


def test_the_names_are_those_of_the_failures_that_an_app_has_to_live_with() -> None:
    assert set(DIALS_BY_NAME) - set(FAILURES) == {SLOW_IS_NO_FAILURE}


def test_what_decides_nothing_is_laid_over_what_does() -> None:
    assert {dial.name for dial in DIALS if dial.is_layer} == LAYERS


@pytest.mark.parametrize("dial", [dial for dial in DIALS if dial.concern is Concern.MESSAGES], ids=lambda it: it.name)
def test_a_message_meets_what_the_scenario_of_the_failure_brings(dial: Dial) -> None:
    text = FAILURES[dial.name].scenario
    assert text is not None

    ((_, outcome),) = parse_scenario(text).rules[0].then.options

    assert dial.then == outcome


def test_a_code_is_told_with_its_dial() -> None:
    refusals = [(dial, dial.then.refusal.code) for dial in DIALS if dial.then.refusal]
    endings = [(dial, dial.then.timeline.steps[-1].error_code) for dial in DIALS if dial.then.timeline]

    told = {dial.name: code for dial, code in refusals + endings if code in CATALOGUE and f"({code})" in dial.about}

    assert set(told) == {dial.name for dial, _ in refusals + endings}


def test_each_callback_dial_is_one_mischief() -> None:
    kinds = [dial.then.chaos.tricks[0][0] for dial in DIALS if dial.then.chaos]

    assert kinds == [
        *(Mischief.DROP, Mischief.LATE, Mischief.DUPLICATE, Mischief.REVERSED),
        Mischief.BAD_SIGNATURE,
    ]
