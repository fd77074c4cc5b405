"""A copied rule lets the next message go the same way, in every scenario that comes along."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.chaos import CALM, Chaos, Mischief, Trick
from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import Outcome, PlannedReply
from fake_twilio.domain.messages.message import Change, Message, Twist
from fake_twilio.domain.twilio.errors import Faulted, Refusal
from fake_twilio.inspector.rule_copy import rule
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario
from fake_twilio.strategies import scenarios
from tests.fake_twilio.domain.fate.test_delays import DELAYS
from tests.fake_twilio.doubles import RECIPIENT, START, Town, create_form, make_message, service_form
from tests.fake_twilio.inspector.copied import in_a_scenario

BODY = "Your code is 123456"


def lived(town: Town, form: Any) -> Message | None:
    """Return the message after all its life, ``None`` if the world takes none like it."""
    try:
        sid = town.engine.accept(form).sid
    except (Refusal, Faulted):
        return None
    town.hand.settle(40 * 86_400)
    return town.engine.found(sid)


def life(message: Message) -> list[tuple[float, str, int | None]]:
    """Return the statuses from ``queued`` on, with the seconds since then."""
    first = next((one.at for one in message.timeline if one.status is Status.QUEUED), message.created_at)
    return [(one.at - first, one.status.value, one.error_code) for one in message.timeline if one.at >= first]


def copied(message: Message) -> Outcome:
    """Return what happens by the rule of a copy."""
    return in_a_scenario(rule(message)).rules[0].then.options[0][1]


def statuses(outcome: Outcome) -> list[str]:
    assert outcome.timeline is not None
    return [step.status.value for step in outcome.timeline.steps]


@pytest.mark.parametrize("name", bundled())
@pytest.mark.parametrize("to", [RECIPIENT, "+15550100001"])
def test_a_message_of_each_scenario_goes_the_same_way(name: str, to: str) -> None:
    message = lived(Town(load_scenario(name)), create_form(To=to, Body=BODY))
    if message is None:
        pytest.skip("this scenario takes no such message")

    again = lived(Town(in_a_scenario(rule(message))), create_form(To=to, Body=BODY))

    assert again is not None
    for one, other in zip(life(again), life(message), strict=True):
        assert one == (pytest.approx(other[0], abs=0.003), *other[1:])


@given(scenario=scenarios(faults=False))
def test_what_befell_the_callbacks_befalls_them_again(scenario: Any) -> None:
    message = lived(Town(scenario), create_form())
    if message is not None and message.twist is not None:
        assert copied(message).chaos == message.twist.chaos


def test_of_two_tricks_of_one_kind_the_first_is_said_and_the_other_in_a_comment() -> None:
    first, second = Trick(statuses=frozenset({Status.SENT})), Trick(probability=0.25)
    chaos = Chaos(
        ((Mischief.REVERSED, Trick()), (Mischief.DROP, first), (Mischief.SHUFFLED, Trick()), (Mischief.DROP, second))
    )
    message = make_message(twist=Twist(chaos=chaos))

    assert dict((copied(message).chaos or CALM).tricks) == {Mischief.REVERSED: Trick(), Mischief.DROP: first}
    assert "# Besides, of the callbacks: shuffled. A rule has each of these once.\n" in rule(message)
    assert "# Besides, of the callbacks: drop 25% of the times. " in rule(message)


def test_a_share_that_is_next_to_nothing_can_be_said() -> None:
    chaos = copied(make_message(twist=Twist(chaos=Chaos(((Mischief.DROP, Trick(probability=1e-9)),))))).chaos

    assert chaos == Chaos(((Mischief.DROP, Trick(probability=1e-6)),))


def test_a_message_of_a_service_is_accepted_before_its_rule_begins() -> None:
    message = lived(Town(), service_form())
    assert message is not None

    assert statuses(copied(message)) == ["sending", "sent", "delivered"]


@pytest.mark.parametrize("kind", [None, *sorted(set(Break) - {Break.RESET_BEFORE_READING})])
def test_a_broken_answer_is_broken_again_and_the_message_is_taken(kind: Break | None) -> None:
    fault = Fault(kind=kind, latency_seconds=1.5, drip_seconds=0.25)
    plan = copied(make_message(twist=Twist(fault=fault))).fault

    assert plan is not None
    assert plan.is_committed is (kind in {Break.RESET, Break.CLOSE, Break.HANG, Break.HTML})
    assert (plan.kind, plan.status) == (kind, 502)
    assert [delay and delay.told() for delay in (plan.latency, plan.drip)] == ["1.5s", "0.25s"]


@given(body=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50), delay=DELAYS)
def test_a_reply_comes_again_whatever_it_says(body: str, delay: Any) -> None:
    reply = PlannedReply(body, delay, ("https://a.test/it's.png",))

    again = copied(make_message(twist=Twist(reply=reply))).reply

    assert again is not None
    assert (again.body, again.media_urls, again.after.told()) == (reply.body, reply.media_urls, delay.told())


@given(form=st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=20)] * 2), max_size=3))
def test_the_request_stands_in_comments_that_nothing_ends(form: list[tuple[str, str]]) -> None:
    assert len(in_a_scenario(rule(make_message(form=tuple(form)))).rules) == 1


@pytest.mark.parametrize(
    ("timeline", "steps", "comment"),
    [
        ((Status.QUEUED,), [], False),
        ((Status.SCHEDULED, Status.CANCELED), [], True),
        ((Status.ACCEPTED, Status.FAILED), ["failed"], False),
        ((Status.SCHEDULED, Status.QUEUED, Status.SENT), ["sent"], False),
    ],
)
def test_only_what_a_rule_may_say_is_said(timeline: tuple[Status, ...], steps: list[str], comment: bool) -> None:
    codes = {Status.FAILED: 30001}
    changes = tuple(Change(START + place, status, codes.get(status)) for place, status in enumerate(timeline))
    message = make_message(timeline=changes, status=timeline[-1])

    assert statuses(copied(message)) == steps
    assert ("which no rule does" in rule(message)) is comment


def test_a_message_that_nothing_befell_has_a_rule_without_more() -> None:
    assert copied(make_message()).chaos is None
    assert copied(make_message(twist=Twist(chaos=Chaos()))).chaos is None
