"""Tests of what becomes of messages where senders are limited."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.accounts.service import ServicePlan
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Event
from fake_twilio.domain.rules.limits import UNLIMITED, Limits, SenderLimit
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.values.patterns import Glob
from tests.fake_twilio.doubles import (
    CALLBACK,
    SENDER,
    SERVICE_SID,
    START,
    Town,
    create_form,
    make_scenario,
    service_form,
)

TABLE = Limits(paces_senders=True)
FIVE = Limits(paces_senders=True, senders=(SenderLimit((Glob("*"),), Fraction(1), 5.0),))
POOL = tuple(f"+1415555010{number}" for number in range(4))
IN_AN_HOUR = {"ScheduleType": "fixed", "SendAt": "2026-01-01T01:00:00Z"}


def world(limits: Limits, *pool: str) -> Scenario:
    services = (ServicePlan(sid=SERVICE_SID, friendly_name="shop", senders=pool, settings={}),) if pool else ()
    return replace(make_scenario(numbers=pool), limits=limits, services=services)


def lived(town: Town, sid: str) -> list[tuple[float, str, int | None]]:
    return [(change.at - START, change.status, change.error_code) for change in town.engine.found(sid).timeline]


def test_a_message_waits_for_its_sender_before_the_steps_of_its_scenario_begin() -> None:
    town = Town(world(TABLE))
    first = town.engine.accept(create_form(Body="x" * 161)).sid
    second = town.engine.accept(create_form()).sid

    town.hand.settle(60)

    assert lived(town, first) == [(0, "queued", None), (1, "sending", None), (3, "sent", None), (6, "delivered", None)]
    assert lived(town, second) == [(0, "queued", None), (3, "sending", None), (5, "sent", None), (8, "delivered", None)]


def test_a_message_that_waits_for_its_sender_longer_than_it_may_expires_at_that_moment() -> None:
    town = Town(world(TABLE))
    town.engine.accept(create_form(Body="x" * 1000))  # seven segments
    late, in_time = (town.engine.accept(create_form(ValidityPeriod=span, StatusCallback=CALLBACK)).sid for span in "78")

    town.hand.settle(60)

    assert lived(town, late) == [(0, "queued", None), (7, "failed", 30036)]
    assert lived(town, in_time)[1] == (8, "sending", None)
    assert town.told() == ["failed", "sent", "delivered"]


def test_a_full_queue_refuses_a_message_which_is_never_stored() -> None:
    town = Town(world(FIVE))
    sids = [town.engine.accept(create_form()).sid for _ in range(5)]

    with pytest.raises(Refusal) as refused:
        town.engine.accept(create_form())

    assert (refused.value.status, refused.value.code) == (400, 21611)
    assert [message.sid for message in town.engine.messages()] == sids
    town.hand.advance(1)
    assert town.engine.accept(create_form()).status is Status.QUEUED


def test_a_service_whose_sender_has_a_full_queue_makes_a_message_that_fails() -> None:
    town = Town(world(FIVE, SENDER))
    for _ in range(5):
        town.engine.accept(create_form())

    alone, with_sender = (
        town.engine.accept(form).sid
        for form in (service_form(StatusCallback=CALLBACK), service_form(From=SENDER, StatusCallback=CALLBACK))
    )
    town.hand.settle(60)

    assert lived(town, alone) == [(0, "accepted", None), (0, "queued", None), (0, "failed", 30001)]
    assert lived(town, with_sender) == [(0, "queued", None), (0, "failed", 30001)]
    assert Counter(town.told()) == {"queued": 1, "failed": 2}


def test_a_scheduled_message_joins_the_queue_when_its_time_has_come() -> None:
    town = Town(world(FIVE, SENDER))
    scheduled = town.engine.accept(service_form(**IN_AN_HOUR)).sid
    town.hand.advance(3599)
    for _ in range(2):
        town.engine.accept(create_form())

    town.hand.settle(60)

    assert lived(town, scheduled)[1:3] == [(3600, "queued", None), (3602, "sending", None)]


def test_a_pool_is_as_fast_as_its_numbers_together() -> None:
    town = Town(world(TABLE, *POOL))
    for number in range(40):
        town.engine.accept(service_form(To=f"+1555000{number:04}"))

    town.hand.settle(600)

    handed_over = [m.timeline[2].at - START for m in town.engine.messages()]
    assert max(handed_over) == 40 / len(POOL)  # the last leaves a second before that, and its first step takes one


def test_test_credentials_are_not_limited() -> None:
    town = Town(world(FIVE))

    assert [town.engine.rehearse(create_form()).status for _ in range(9)] == ["queued"] * 9


def test_another_scenario_brings_its_limits_and_the_senders_stay_as_busy_as_they_are() -> None:
    town = Town(world(FIVE))
    for _ in range(5):
        town.engine.accept(create_form())

    town.scenario = world(UNLIMITED)
    at_once = town.engine.accept(create_form()).sid
    town.scenario = world(TABLE)
    waiting = town.engine.accept(create_form()).sid
    town.hand.settle(60)

    assert (lived(town, at_once)[1], lived(town, waiting)[1]) == ((1, "sending", None), (6, "sending", None))


# Laws.
MESSAGES = st.lists(st.tuples(st.sampled_from(POOL), st.integers(1, 1600), st.floats(0, 30)), max_size=20)


def played(limits: Limits, messages: list[tuple[str, int, float]]) -> list[Event]:
    """Return what happens to messages, of a sender and a length each, with a pause before each."""
    town, events = Town(world(limits)), []
    for sender, length, pause in messages:
        events += town.hand.advance(pause)
        town.engine.accept(create_form(From=sender, Body="x" * length))
    return [*events, *town.hand.settle(86_400)]


@given(MESSAGES)
def test_without_limits_each_message_lives_as_its_scenario_says(messages: list[tuple[str, int, float]]) -> None:
    at, expected = START, []
    for _, _, pause in messages:
        at += pause
        expected.append([at + 1, at + 1 + 2, at + 1 + 2 + 3])

    events = played(UNLIMITED, messages)

    lives: dict[str, list[float]] = {}
    for event in events:
        lives.setdefault(event.message_sid, []).append(event.at)
    assert sorted(lives.values()) == sorted(expected)


@given(MESSAGES)
def test_each_sender_hands_over_in_the_order_of_acceptance_and_no_faster_than_it_may(
    messages: list[tuple[str, int, float]],
) -> None:
    town = Town(world(TABLE))
    for sender, length, pause in messages:
        town.hand.advance(pause)
        town.engine.accept(create_form(From=sender, Body="x" * length))
    town.hand.settle(86_400)

    for sender in POOL:
        sent = [(m.timeline[1].at, m.segments) for m in town.engine.messages() if m.sender == sender]
        for (earlier, segments), (later, _) in pairwise(sent):
            assert later - earlier >= segments - 1e-5


def test_queues_are_told_while_the_scenario_paces_senders() -> None:
    town = Town(world(FIVE))
    for _ in range(2):
        town.engine.accept(create_form())

    assert [(fill.sender, fill.waiting_seconds) for fill in town.engine.queues()] == [(SENDER, 2.0)]
    town.hand.advance(1.5)
    assert town.engine.queues()[0].waiting_seconds == 0.5
    town.scenario = world(UNLIMITED)
    assert town.engine.queues() == ()
