"""The page of errors is the one that would be made now, names every one, and its scenarios make their codes."""

import pytest

from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.domain.twilio.coverage import ALERTED, ENDED, PRODUCED
from fake_twilio.fixture import FakeTwilioFixture
from tests.contract.stories import callbacks, deliveries, people, refusals, wire
from tests.contract.stories.stage import Stage, stories
from tests.docs.modules import docs_module
from tests.docs.pages import page
from tests.parts import PLAIN

MAKER, ADVICE = docs_module("errors_page"), docs_module("advice")
WRITTEN = page("docs/reference/errors.md")
CHAPTERS = map(stories, (deliveries, refusals, wire, callbacks, people))
STORIES = {name: story for chapter in CHAPTERS for name, story in chapter.items()}


def test_the_page_is_the_one_that_would_be_made_now() -> None:
    assert MAKER.page() == WRITTEN, "docs/reference/errors.md is of another day: run `make docs-reference`"


def test_there_is_advice_for_each_exception_and_for_nothing_else() -> None:
    assert set(ADVICE.ADVICE) == set(MAKER.own_exceptions())
    assert set(ADVICE.ELSEWHERE) == set(MAKER.other_exceptions())


def test_every_exception_and_every_failure_stands_there() -> None:
    wanted = [kind.__name__ for kind in (*MAKER.own_exceptions(), *MAKER.other_exceptions())]
    wanted += [path.name for path in ERROR_PATHS]

    assert [name for name in wanted if f"`{name}`" not in WRITTEN] == []


def test_every_code_has_a_line_of_its_own() -> None:
    codes = {*CATALOGUE, *PRODUCED, *ENDED, *ALERTED}

    assert [code for code in sorted(codes) if WRITTEN.count(f"\n| {code} |") != 1] == []


@pytest.mark.parametrize("name", sorted(MAKER.WITHOUT_A_WORD))
def test_a_scenario_makes_the_codes_that_it_does_not_name(fake_twilio: FakeTwilioFixture, name: str) -> None:
    with fake_twilio.client(config=PLAIN) as client:
        STORIES[name](Stage(fake_twilio, client, name))

    seen = {request.code for request in fake_twilio.requests} | {alert.code for alert in fake_twilio.alerts}
    assert MAKER.WITHOUT_A_WORD[name] <= seen | {message.error_code for message in fake_twilio.messages}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("carrier_reject", {30007}),
        ("flapping", {20500}),
        ("invalid_number", {21211, 21614, 30005}),
        ("delivered", set()),
    ],
)
def test_a_scenario_makes_the_codes_that_it_names(name: str, codes: set[int]) -> None:
    assert MAKER.codes_of(MAKER.load_scenario(name)) == codes
