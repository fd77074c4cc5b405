"""Each bundled scenario is played: our client lives its story, and the official one some of them."""

from itertools import chain
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario
from tests.contract.stories import callbacks, deliveries, people, refusals, wire
from tests.contract.stories.stage import SEED, Stage, stories
from tests.doubles import RECIPIENT, SENDER
from tests.parts import PLAIN

CHAPTERS = [stories(module) for module in (deliveries, refusals, wire, callbacks, people)]
STORIES = dict(chain.from_iterable(chapter.items() for chapter in CHAPTERS))
MODELINE = "# yaml-language-server: $schema=schema.json\n"
MAX_ABOUT_CHARACTERS = 120


def test_each_bundled_scenario_has_one_story() -> None:
    assert sorted(chain.from_iterable(CHAPTERS)) == sorted(bundled())


@pytest.mark.parametrize("name", sorted(STORIES))
def test_what_a_scenario_says_happens(fake_twilio: FakeTwilioFixture, name: str) -> None:
    with fake_twilio.client(config=PLAIN) as client:
        STORIES[name](Stage(fake_twilio, client, name))


@pytest.mark.parametrize("name", sorted(bundled()))
def test_a_bundled_scenario_is_a_sentence_about_the_world_and_its_rules_have_names(name: str) -> None:
    scenario, text = load_scenario(name), bundled()[name].read_text("utf-8")

    assert text.startswith(MODELINE)
    assert scenario.about.endswith(".")
    assert len(scenario.about) <= MAX_ABOUT_CHARACTERS
    assert not [rule.name for rule in scenario.rules if rule.name.startswith("rule ")]


REFUSED: list[tuple[str, int, dict[str, Any], int, int]] = [
    ("opted_out", 1, {"to": "+15550200001"}, 400, 21610),
    ("regions_closed", 1, {"to": "+4915112345678"}, 400, 21408),
    ("trial_account", 1, {}, 400, 21608),
    ("pictures_refused", 1, {"media_url": ["https://example.com/cat.png"]}, 400, 21621),
    ("too_many_requests", 3, {}, 429, 20429),
    ("flapping", 2, {}, 500, 20500),
]


@pytest.mark.parametrize(("name", "nth", "options", "status", "code"), REFUSED, ids=[each[0] for each in REFUSED])
def test_the_official_client_is_refused_too(
    fake_twilio: FakeTwilioFixture, name: str, nth: int, options: dict[str, Any], status: int, code: int
) -> None:
    fake_twilio.reset(name, seed=SEED)
    sdk = fake_twilio.sdk()
    wanted = {"to": RECIPIENT, "from_": SENDER, "body": "hello", **options}
    for _ in range(nth - 1):
        sdk.messages.create(**wanted)

    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(**wanted)

    assert (refused.value.status, refused.value.code) == (status, code)


ENDED = [
    ("handset_unreachable", "+15550710001", "hello", 30003),
    ("carrier_filters_words", RECIPIENT, "a loan for you", 30007),
    ("unregistered_10dlc", RECIPIENT, "hello", 30034),
    ("account_suspended", "+15550700001", "hello", 30002),
]


@pytest.mark.parametrize(("name", "to", "body", "code"), ENDED, ids=[each[0] for each in ENDED])
def test_the_official_client_sees_how_a_message_ends(
    fake_twilio: FakeTwilioFixture, name: str, to: str, body: str, code: int
) -> None:
    fake_twilio.reset(name, seed=SEED)
    sdk = fake_twilio.sdk()
    sent = sdk.messages.create(to=to, from_=SENDER, body=body)

    fake_twilio.settle()

    assert sdk.messages(sent.sid).fetch().error_code == code
