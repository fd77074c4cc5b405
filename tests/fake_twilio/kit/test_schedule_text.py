"""A schedule as words, and as a scenario file that says exactly this."""

from itertools import islice

import pytest

from fake_twilio.domain.fate.chaos import Arrival, Chaos, Mischief, Trick
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step, Timeline
from fake_twilio.kit.schedule_text import as_scenario, in_words
from fake_twilio.kit.schedules import DELIVERED, Course, Schedule, Space
from fake_twilio.scenario_files.load import parse_scenario

SENT, DONE = DELIVERED
PLAIN = Course(DELIVERED, DELIVERED)


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule((PLAIN, PLAIN), (0, 0, 1, 1)), "each callback comes once and in order"),
        (Schedule((PLAIN, Course(DELIVERED, (DONE, SENT))), (0, 0, 1, 1)), "message 2: delivered, then sent"),
        (
            Schedule((Course(DELIVERED, (DONE,), is_early=True),), ()),
            "message 1: delivered, the first before the answer to its request, never sent",
        ),
        (Schedule((Course((Status.FAILED,), ()),), ()), "message 1: nothing, never failed"),
        (Schedule((Course((Status.FAILED,), (Status.FAILED,)),), (0,)), "message 1: failed"),
        (
            Schedule((PLAIN, PLAIN), (0, 1, 0, 1)),
            "across messages: sent of 1, sent of 2, delivered of 1, delivered of 2",
        ),
    ],
)
def test_what_is_unusual_is_said(schedule: Schedule, words: str) -> None:
    assert in_words(schedule) == words


def test_each_message_has_a_rule_with_its_moments() -> None:
    early = Course(DELIVERED, (DONE, SENT, DONE), is_early=True)

    first, second = parse_scenario(as_scenario(Schedule((PLAIN, early), (0, 1, 0, 1)))).rules

    assert [rule.when.turn.first for rule in (first, second)] == [1, 1]
    assert first.then.options[0][1].chaos == Chaos(
        ((Mischief.ORDERED, Trick(arrivals=(Arrival(SENT, 1), Arrival(DONE, 3)))),)
    )
    assert second.then.options[0][1].chaos == Chaos(
        (
            (Mischief.ORDERED, Trick(arrivals=(Arrival(DONE, 0), Arrival(SENT, 2), Arrival(DONE, 4)))),
            (Mischief.BEFORE_RESPONSE, Trick()),
        )
    )


def test_a_life_that_ends_badly_has_an_error_and_what_is_lost_is_dropped() -> None:
    life = (SENT, Status.UNDELIVERED)

    (rule,) = parse_scenario(as_scenario(Schedule((Course(life, (SENT,)),), (0,)))).rules

    outcome = rule.then.options[0][1]
    assert outcome.timeline == Timeline((Step(SENT, 0), Step(Status.UNDELIVERED, 0, 30008)))
    assert outcome.chaos
    assert (Mischief.DROP, Trick(statuses=frozenset({Status.UNDELIVERED}))) in outcome.chaos.tricks


def test_every_schedule_can_be_written_and_no_two_are_the_same_file() -> None:
    schedules = list(islice(Space(drops=True).schedules(), 150))
    texts = [as_scenario(schedule) for schedule in schedules]

    played = {repr(parse_scenario(text).rules) for text in texts}

    assert len(played) == len(texts)
