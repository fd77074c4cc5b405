"""The page about lookups: what it shows runs, and its table is whole."""

import re

import pytest

import twilio_sms
from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import examples, page, run
from twilio_sms.domain.lookup import PACKAGES
from twilio_sms.domain.lookup_query import LookupOptions

EXAMPLES = examples("docs/lookups.md")
TABLE = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([^|]*)\|$", page("docs/lookups.md"), re.MULTILINE)


def test_numbers_are_valid_or_say_why_not(fake_twilio: FakeTwilioFixture) -> None:
    valid, invalid, british = run(EXAMPLES["lookup"]).splitlines()

    assert valid == "True (415) 992-9960 ()"
    assert invalid == "False None ('TOO_LONG',)"
    assert british == "+447772000001"


@pytest.mark.fake_twilio(scenario="lookups")
def test_packages_come_as_values(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["lookup_packages"]).splitlines() == [
        "True Verizon",
        "BUSINESS None",
        "yes",
        "True 60600 True",
    ]


def test_the_same_question_is_paid_for_once(fake_twilio: FakeTwilioFixture) -> None:
    run(EXAMPLES["lookup_cache"])

    assert len(fake_twilio.requests) == 2


def test_the_table_names_every_package_its_value_and_every_option() -> None:
    assert {name: getattr(twilio_sms, value) for name, value, _ in TABLE} == PACKAGES
    assert {option for *_, options in TABLE for option in re.findall(r"`(\w+)`", options)} == set(
        LookupOptions.__annotations__
    )


def test_every_example_is_run() -> None:
    assert set(EXAMPLES) == {"lookup", "lookup_packages", "lookup_cache"}
