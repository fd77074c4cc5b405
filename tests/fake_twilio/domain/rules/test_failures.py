"""Tests of the table of failures; that each scenario works is shown in contract/."""

from fake_twilio.domain.fate.chaos import Mischief
from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.rules.failures import ERROR_PATHS, Family
from fake_twilio.domain.twilio.catalogue import CATALOGUE

SIGNS = [sign for path in ERROR_PATHS for sign in path.signs]


def test_each_failure_has_a_name_of_its_own_and_a_sentence() -> None:
    names = [path.name for path in ERROR_PATHS]

    assert len(set(names)) == len(names)
    assert all(path.about.endswith(".") and path.how and path.signs for path in ERROR_PATHS)
    assert {path.family for path in ERROR_PATHS} == set(Family)


def test_no_two_failures_share_a_sign() -> None:
    assert len(set(SIGNS)) == len(SIGNS)


def test_every_fault_and_every_mischief_is_a_failure() -> None:
    assert {f"fault {kind}" for kind in Break} <= set(SIGNS)
    assert {f"callback {mischief}" for mischief in Mischief} <= set(SIGNS)


def test_the_codes_are_those_of_twilio() -> None:
    codes = {int(sign.split()[1]) for sign in SIGNS if sign.startswith(("refusal", "error"))}

    assert codes <= set(CATALOGUE)


def test_a_scenario_is_a_whole_file() -> None:
    by_name = {path.name: path for path in ERROR_PATHS}

    assert by_name["opted_out"].scenario == (
        "about: The recipient said STOP (21610).\ninclude: [delivered]\nrules: [{then: {refuse: 21610}}]\n"
    )
    assert by_name["webhook_error"].scenario is None
