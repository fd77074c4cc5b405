"""The newest fact of a conversation counts, in whatever order the facts came."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import RECIPIENT, SENDER
from tests.opt_outs import SERVICE, at, opted_in, opted_out
from twilio_sms.domain.opt_out import State, find_block, newest
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.errors import ValidationError

HERE, THERE, GROUP = Scope.of_sender(SENDER), Scope.of_sender("72727"), Scope.of_service(SERVICE)
EVENTS = st.lists(
    st.builds(
        lambda make, second, scope, conversation: make(second, scope=scope, conversation=conversation),
        st.sampled_from([opted_out, opted_in]),
        st.integers(0, 4),
        st.sampled_from([BRAND, HERE]),
        st.sampled_from([None, HERE, THERE]),
    ),
    max_size=8,
)


def is_blocked(*events, sender=None, service=None):
    return find_block(newest(events), sender, service) is not None


def is_blocked_by_rule(events, scopes):
    """Whether some opt-out has no later opt-in of its scope, from its own conversation or from none."""
    return any(
        event.state is State.OPTED_OUT
        and event.scope in scopes
        and not any(
            other.state is State.OPTED_IN
            and other.scope == event.scope
            and other.conversation in (None, event.conversation)
            and other.event_time > event.event_time
            for other in events
        )
        for event in events
    )


@given(events=EVENTS)
def test_who_is_blocked_follows_from_the_set_of_facts(events):
    assert is_blocked(*events) == is_blocked_by_rule(events, {BRAND})
    assert is_blocked(*events, sender=SENDER) == is_blocked_by_rule(events, {BRAND, HERE})


@given(events=EVENTS, data=st.data())
def test_order_and_repetition_change_nothing(events, data):
    repeated = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
    shuffled = data.draw(st.permutations([*events, *repeated]))

    assert is_blocked(*shuffled) == is_blocked(*events)


def test_who_said_nothing_is_not_blocked():
    assert not is_blocked()


@pytest.mark.parametrize(
    ("scope", "sender", "service", "blocked"),
    [
        pytest.param(BRAND, None, None, True, id="brand, asked of nothing"),
        pytest.param(BRAND, "Other", None, True, id="brand, asked of any sender"),
        pytest.param(HERE, SENDER, None, True, id="its sender"),
        pytest.param(HERE, "whatsapp:" + SENDER, None, True, id="its sender on another channel"),
        pytest.param(HERE, "72727", None, False, id="another sender"),
        pytest.param(HERE, None, None, False, id="sender, asked of the brand"),
        pytest.param(GROUP, None, SERVICE, True, id="its service"),
        pytest.param(GROUP, SENDER, SERVICE, True, id="its service with a sender"),
        pytest.param(GROUP, SENDER, None, False, id="service, asked of a sender"),
    ],
)
def test_an_opt_out_blocks_its_scope(scope, sender, service, blocked):
    assert is_blocked(opted_out(scope=scope), sender=sender, service=service) is blocked


def test_an_opt_in_lifts_its_own_scope_only():
    events = opted_out(0, scope=HERE), opted_out(0), opted_in(1)

    assert not is_blocked(*events)
    assert is_blocked(*events, sender=SENDER)


def test_a_word_in_one_conversation_does_not_lift_what_was_said_in_another():
    assert is_blocked(opted_out(0, conversation=HERE), opted_in(1, conversation=THERE))


def test_an_opt_in_outside_any_conversation_lifts_what_was_said_in_one():
    assert not is_blocked(opted_out(0, conversation=HERE), opted_in(1))


def test_a_word_in_a_conversation_does_not_lift_what_was_said_outside_any():
    assert is_blocked(opted_out(0), opted_in(1, conversation=HERE))


def test_at_the_same_time_the_opt_out_counts():
    assert is_blocked(opted_in(0, evidence="SM9"), opted_out(0, evidence="SM1"))
    assert is_blocked(opted_in(0), opted_out(0, conversation=HERE))


def test_the_newest_block_is_told():
    assert find_block(newest([opted_out(0), opted_out(5, scope=HERE)]), SENDER, None).event_time == at(5)


def test_an_event_keeps_its_number_as_a_key_and_its_times_in_utc():
    eastern = datetime.fromisoformat("2025-12-31T07:00:00-05:00")

    event = opted_out(number="whatsapp:+1 555 123 4567", event_time=eastern)

    assert (event.number, event.event_time.isoformat()) == (RECIPIENT, "2025-12-31T12:00:00+00:00")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"number": "5551234567"}, id="national number"),
        pytest.param({"event_time": datetime(2026, 1, 1)}, id="event time without a zone"),
        pytest.param({"received_time": datetime(2026, 1, 1)}, id="received time without a zone"),
        pytest.param({"source": ""}, id="no source"),
        pytest.param({"note": "\ud800"}, id="half a character"),
        pytest.param({"source": 5}, id="source that is no text"),
        pytest.param({"evidence": 4711}, id="evidence that is no text"),
        pytest.param({"actor": b"me"}, id="actor that is no text"),
        pytest.param({"note": object()}, id="note that is no text"),
        pytest.param({"event_time": "2026-01-01T00:00:00Z"}, id="event time that is a text"),
        pytest.param({"scope": "brand"}, id="scope that is a text"),
        pytest.param({"conversation": SENDER}, id="conversation that is a text"),
    ],
)
def test_a_malformed_event_is_refused(changes):
    with pytest.raises(ValidationError):
        opted_out(**changes)


def test_two_deliveries_of_one_message_are_one_fact():
    assert opted_out(0, evidence="SM1").identity == opted_out(9, evidence="SM1").identity


@pytest.mark.parametrize(
    "changes",
    [
        {"evidence": "SM2"},
        {"scope": HERE},
        {"conversation": HERE},
        {"state": State.OPTED_IN},
        {"number": "+15550000000"},
    ],
)
def test_what_differs_is_another_fact(changes):
    assert opted_out(0, **{"evidence": "SM1", **changes}).identity != opted_out(0, evidence="SM1").identity


def test_without_evidence_source_and_time_make_the_fact():
    assert opted_out(0).identity != opted_out(1).identity
    assert opted_out(0, source="import").identity != opted_out(0).identity
    assert opted_out(0, actor="x").identity == opted_out(0).identity


def test_an_event_tells_no_number():
    assert "1234567" not in repr(opted_out())
