"""Callbacks that come late, twice, in disorder or never."""

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Event

import pytest

from fake_twilio.delivery.status_teller import StatusTeller
from fake_twilio.delivery.webhook import Webhook
from fake_twilio.domain.accounts.account import Standing
from fake_twilio.domain.fate.chaos import Arrival, Chaos, Mischief, Trick
from fake_twilio.domain.fate.delays import Fixed
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import Choice, Outcome, always
from fake_twilio.domain.fate.timeline import Step, Timeline
from fake_twilio.domain.messages.message import Change, Message, Twist
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.webhooks.signer import AuthToken
from fake_twilio.records.incidents import Incidents
from fake_twilio.timing.clock import ManualClock
from fake_twilio.timing.scheduler import Scheduler
from tests.fake_twilio.doubles import (
    AUTH_TOKEN,
    CALLBACK,
    PATIENCE_SECONDS,
    START,
    Town,
    create_form,
    make_message,
    make_scenario,
    service_form,
)

LIFE = (Step(Status.SENT, 1.0), Step(Status.DELIVERED, 2.0))
NEW_TOKEN = "0e" * 16
SENT, DONE = Status.SENT, Status.DELIVERED
IN_AN_HOUR = {"ScheduleType": "fixed", "SendAt": "2026-01-01T01:00:00Z"}


def ordered(*arrivals: Arrival) -> tuple[Mischief, Trick]:
    return Mischief.ORDERED, Trick(arrivals=arrivals)


def choice(*tricks: tuple[Mischief, Trick], steps: tuple[Step, ...] = LIFE) -> Choice:
    return always(Outcome(timeline=Timeline(steps), chaos=Chaos(tricks)))


def world(*tricks: tuple[Mischief, Trick], steps: tuple[Step, ...] = LIFE) -> Scenario:
    return replace(make_scenario(), otherwise=choice(*tricks, steps=steps))


def town(*tricks: tuple[Mischief, Trick], steps: tuple[Step, ...] = LIFE) -> Town:
    return Town(world(*tricks, steps=steps))


def send(town: Town, **changes: str) -> Message:
    return town.engine.accept(create_form(StatusCallback=CALLBACK, **changes))


def moments(town: Town, seconds: int = 200) -> list[tuple[int, str]]:
    """Return when, in whole seconds, the customer was told of what."""
    seen: list[tuple[int, str]] = []
    for second in range(seconds):
        before = len(town.webhooks)
        town.hand.advance(1)
        seen += [(second + 1, status) for status in town.told()[before:]]
    return seen


def noted(town: Town) -> list[str]:
    return [incident.what for incident in town.incidents.all()]


def test_without_mischief_each_status_is_told_when_it_is_taken() -> None:
    here = town()
    send(here)

    assert moments(here) == [(1, "sent"), (3, "delivered")]
    assert noted(here) == []


@pytest.mark.parametrize(
    ("trick", "seen", "notes"),
    [
        ((Mischief.REVERSED, Trick()), [(3, "delivered"), (3, "sent")], ["reversed"]),
        ((Mischief.DROP, Trick(statuses=frozenset({SENT}))), [(3, "delivered")], ["drop"]),
        (
            (Mischief.DUPLICATE, Trick(times=3, statuses=frozenset({DONE}))),
            [(1, "sent"), *[(3, "delivered")] * 3],
            ["duplicate"],
        ),
        (
            (Mischief.LATE, Trick(delay=Fixed(90), statuses=frozenset({SENT}))),
            [(3, "delivered"), (91, "sent")],
            ["late"],
        ),
        ((Mischief.REGRESS, Trick()), [(1, "sent"), (3, "delivered"), (4, "sent")], ["regress"]),
        (ordered(Arrival(DONE), Arrival(SENT)), [(3, "delivered"), (3, "sent")], ["ordered"]),
        (
            ordered(Arrival(SENT, 7), Arrival(DONE, 9), Arrival(SENT, 11)),
            [(7, "sent"), (9, "delivered"), (11, "sent")],
            ["ordered", "duplicate"],
        ),
        (ordered(Arrival(DONE, 1), Arrival(SENT, 2)), [(3, "delivered"), (3, "sent")], ["ordered"]),
    ],
    ids=["reversed", "drop", "duplicate", "late", "regress", "ordered", "moments", "moments-that-are-over"],
)
def test_what_goes_wrong_is_seen_and_noted(
    trick: tuple[Mischief, Trick], seen: list[tuple[int, str]], notes: list[str]
) -> None:
    here = town(trick)
    sid = send(here).sid

    assert moments(here) == seen
    assert noted(here) == notes
    assert {incident.message_sid for incident in here.incidents.all()} == {sid}


def test_what_is_shuffled_is_told_once_each_and_the_same_again_with_the_same_seed() -> None:
    def told(seed: int) -> list[str]:
        here = Town(world((Mischief.SHUFFLED, Trick())), seed=seed)
        send(here)
        here.hand.settle(60)
        return here.told()

    runs = [told(seed) for seed in range(20)]

    assert {tuple(run) for run in runs} == {("sent", "delivered"), ("delivered", "sent")}
    assert runs == [told(seed) for seed in range(20)]


def test_an_altered_callback_says_so() -> None:
    here = town((Mischief.EXTRA_PARAMETERS, Trick()), (Mischief.BAD_SIGNATURE, Trick(statuses=frozenset({DONE}))))
    send(here)
    here.hand.settle(60)

    assert all("X-Note" in webhook.params for webhook in here.webhooks)
    assert [webhook.sign is None for webhook in here.webhooks] == [False, True]
    assert noted(here) == ["extra_parameters", "extra_parameters", "bad_signature"]


def test_what_comes_from_a_service_is_told_of_queued_too_and_may_be_told_last() -> None:
    here = town((Mischief.REVERSED, Trick()))
    here.engine.accept(service_form(StatusCallback=CALLBACK))
    here.hand.settle(60)

    assert here.told() == ["delivered", "sent", "queued"]
    assert noted(here) == ["reversed", "reversed"]


def test_a_given_order_tells_of_a_status_that_it_does_not_name_as_usual() -> None:
    here = town(ordered(Arrival(DONE), Arrival(SENT)))
    here.engine.accept(service_form(StatusCallback=CALLBACK))
    here.hand.settle(60)

    assert here.told() == ["queued", "delivered", "sent"]


def test_what_waits_for_a_status_that_never_comes_leaves_with_the_last_one() -> None:
    here = town(ordered(Arrival(DONE), Arrival(SENT), Arrival(Status.QUEUED)))
    here.engine.accept(service_form(StatusCallback=CALLBACK))
    here.hand.advance(0)
    told_before = here.told()

    here.account = replace(here.account, standing=Standing.SUSPENDED)
    here.hand.settle(60)

    assert told_before == []
    assert sorted(here.told()) == ["failed", "queued"]


def test_who_cancels_a_scheduled_message_is_told_at_once() -> None:
    here = town((Mischief.REVERSED, Trick()))
    message = here.engine.accept(service_form(StatusCallback=CALLBACK, **IN_AN_HOUR))

    here.engine.cancel(message.sid)

    assert here.told() == ["canceled"]


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_what_waits_is_let_go_with_its_message(is_forgotten: bool) -> None:
    here = town((Mischief.REVERSED, Trick()))
    send(here)
    here.hand.advance(1)
    assert len(here.engine._teller._tellings) == 1

    if is_forgotten:
        here.engine.forget(lambda _message: True)
    here.hand.settle(60)

    assert here.engine._teller._tellings == {}
    assert here.told() == ([] if is_forgotten else ["delivered", "sent"])


def test_a_late_callback_of_a_forgotten_message_never_leaves() -> None:
    here = town((Mischief.LATE, Trick(delay=Fixed(90))))
    kept, gone = send(here).sid, send(here).sid
    here.hand.advance(5)

    here.engine.forget(lambda message: message.sid == gone)
    here.hand.settle(200)

    assert [webhook.message_sid for webhook in here.webhooks] == [kept, kept]
    assert not here.engine._teller._postponed


@pytest.mark.parametrize(
    "trick", [(Mischief.LATE, Trick(delay=Fixed(90))), (Mischief.REVERSED, Trick())], ids=["late", "reversed"]
)
def test_a_callback_is_signed_with_the_token_of_the_moment_when_it_leaves(trick: tuple[Mischief, Trick]) -> None:
    here = town(trick)
    send(here)
    here.hand.advance(1)

    here.account = replace(here.account, auth_token=NEW_TOKEN)
    here.hand.settle(200)

    assert sorted(here.told()) == ["delivered", "sent"]
    assert all(webhook.signature == AuthToken(NEW_TOKEN).sign(webhook.signed) for webhook in here.webhooks)


@pytest.mark.parametrize(
    ("tricks", "early"),
    [
        ((), ["sent"]),
        (((Mischief.REVERSED, Trick()),), ["delivered", "sent"]),
        (((Mischief.DROP, Trick(statuses=frozenset({SENT}))),), ["delivered"]),
        ((ordered(Arrival(DONE), Arrival(SENT, 5)),), ["delivered"]),
        (((Mischief.DROP, Trick()),), []),
    ],
    ids=["plain", "reversed", "dropped", "ordered", "all-dropped"],
)
def test_the_first_callback_that_comes_may_come_before_the_answer(
    tricks: tuple[tuple[Mischief, Trick], ...], early: list[str]
) -> None:
    here = town((Mischief.BEFORE_RESPONSE, Trick()), *tricks)

    here.engine.hasten(send(here))

    assert here.told() == early
    assert "before_response" in noted(here)


def test_who_hurries_a_message_waits_until_a_step_under_way_is_told() -> None:
    has_begun, may_end = Event(), Event()

    def linger(webhook: Webhook) -> None:
        has_begun.set()
        may_end.wait(PATIENCE_SECONDS)
        here.webhooks.append(webhook)

    here = Town(world((Mischief.BEFORE_RESPONSE, Trick())), on_delivery=linger)
    message = send(here)
    with ThreadPoolExecutor(2) as pool:
        moving = pool.submit(here.hand.advance, 1)
        assert has_begun.wait(PATIENCE_SECONDS)
        hurrying = pool.submit(here.engine.hasten, message)
        is_early = bool(wait([hurrying], 0.1).done)
        may_end.set()
        hurrying.result(PATIENCE_SECONDS)
        moving.result(PATIENCE_SECONDS)

    assert (is_early, here.told()) == (False, ["sent"])


def test_a_scheduled_message_is_not_hastened() -> None:
    here = town((Mischief.BEFORE_RESPONSE, Trick()))

    message = here.engine.hasten(here.engine.accept(service_form(StatusCallback=CALLBACK, **IN_AN_HOUR)))

    assert (message.status, here.told(), noted(here)) == (Status.SCHEDULED, [], [])


def test_who_asks_for_nothing_special_is_not_hastened() -> None:
    here = town((Mischief.REVERSED, Trick()))

    here.engine.hasten(send(here))

    assert here.told() == []


def test_of_too_many_that_wait_the_oldest_are_let_go() -> None:
    told: list[Webhook] = []
    clock = ManualClock(START)
    teller = StatusTeller(
        seed=1,
        signer=lambda _sid: AuthToken(AUTH_TOKEN),
        clock=clock,
        scheduler=Scheduler(),
        deliver=told.append,
        wait_for=lambda _sid, _seconds: True,
        incidents=Incidents(clock.now),
        bound=2,
    )
    sids = [f"SM{n:032}" for n in range(3)]
    half_way = [half(sid) for sid in sids]

    for message in half_way:
        teller.tell(message)
    for message in half_way:
        teller.tell(message.moved(START + 2, message.plan[0], None))

    assert [(webhook.message_sid, str(webhook.status)) for webhook in told] == [
        (sids[0], "delivered"),
        *[(sid, status) for sid in sids[1:] for status in ("delivered", "sent")],
    ]


def half(sid: str) -> Message:
    """Return a message that was sent, and whose callbacks come in reverse."""
    return make_message(
        sid=sid,
        status=SENT,
        timeline=(Change(START, Status.QUEUED), Change(START + 1, SENT)),
        plan=(Step(DONE, 1.0),),
        twist=Twist(chaos=Chaos(((Mischief.REVERSED, Trick()),))),
    )
