"""What an inbound text changes: STOP always, START only if it is signed, newer and of the same conversation."""

from datetime import datetime

import pytest

from tests.doubles import RECIPIENT, SENDER, HandClock
from tests.opt_outs import SERVICE, BrittleStore, at, inbound, opted_out
from twilio_sms.compliance.conversations import StopReach
from twilio_sms.compliance.inbound_rules import Action, Outcome
from twilio_sms.compliance.keywords import Intent
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.opt_out import State
from twilio_sms.domain.review import Reason
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.errors import NoAnswerError, OptOutUnknownError

OTHER_SENDER = "+15005550007"
HERE, GROUP = Scope.of_sender(SENDER), Scope.of_service(SERVICE)


def date_of(sid: str) -> datetime | None:
    """A message whose SID is a number was made that many seconds after noon; others cannot be read."""
    if sid == "none":
        return None
    if sid == "broken":
        raise ConnectionResetError
    if not sid.isdigit():
        raise NoAnswerError("timed out")
    return at(int(sid))


@pytest.fixture
def store():
    return BrittleStore()


@pytest.fixture
def opt_outs(store):
    return OptOuts(store, HandClock(), read_date_created=date_of)


def reasons(opt_outs):
    return [review.reason for review in opt_outs.reviews()]


def test_stop_opts_out_of_the_brand_at_the_time_the_message_was_made(opt_outs):
    outcome = opt_outs.receive(inbound("STOP", "5", service=SERVICE))

    (event,) = opt_outs.history(RECIPIENT)
    assert outcome == Outcome(Intent.OPT_OUT, Action.OPTED_OUT, is_new=True)
    assert (event.scope, event.conversation, event.state) == (BRAND, GROUP, State.OPTED_OUT)
    assert (event.evidence, event.event_time, event.source) == ("5", at(5), "keyword")
    assert event.received_time == HandClock().now()


@pytest.mark.parametrize(
    "changes", [{"is_signed": False}, {"from_": "whatsapp:" + RECIPIENT}, {"to": "\n"}, {"to": ""}]
)
def test_stop_counts_whoever_brings_it_and_however_it_is_addressed(opt_outs, changes):
    opt_outs.receive(inbound("please stop", "5", **changes))

    assert opt_outs.is_opted_out(RECIPIENT)


@pytest.mark.parametrize("sid", ["unreadable", "none", "broken"])
def test_a_stop_whose_time_cannot_be_read_counts_from_now(opt_outs, sid):
    opt_outs.receive(inbound("START", "99999"))  # later than this clock

    opt_outs.receive(inbound("STOP", sid))

    assert opt_outs.is_opted_out(RECIPIENT)


def test_a_stop_that_comes_again_is_recorded_once(opt_outs):
    opt_outs.receive(inbound("STOP", "unreadable"))

    outcome = opt_outs.receive(inbound("STOP", "unreadable"))

    assert outcome == Outcome(Intent.OPT_OUT, Action.OPTED_OUT, is_new=False)
    assert len(opt_outs.history(RECIPIENT)) == 1


def test_a_stop_that_cannot_be_recorded_is_not_acknowledged(opt_outs, store):
    store.is_broken = True

    with pytest.raises(OptOutUnknownError):
        opt_outs.receive(inbound("STOP", "5"))


def test_a_stop_from_no_number_is_for_a_person(opt_outs):
    outcome = opt_outs.receive(inbound("STOP", "5", from_="72727"))

    assert outcome == Outcome(Intent.OPT_OUT, Action.REVIEW, is_new=True)
    assert reasons(opt_outs) == [Reason.NO_NUMBER]


@pytest.mark.parametrize("word", ["START", "unstop", "Yes"])
def test_a_newer_signed_word_opts_in(opt_outs, word):
    opt_outs.receive(inbound("STOP", "5"))

    outcome = opt_outs.receive(inbound(word, "6"))

    assert outcome == Outcome(Intent.OPT_IN, Action.OPTED_IN, is_new=True)
    assert not opt_outs.is_opted_out(RECIPIENT)


@pytest.mark.parametrize(
    ("body", "opt_out_type", "intent"),
    [
        ("genug", "STOP", Intent.OPT_OUT),
        ("weiter", "START", Intent.OPT_IN),
        ("STOP", "START", Intent.OPT_OUT),
        ("STOP", "HELP", Intent.OPT_OUT),
        ("START", "STOP", Intent.OPT_OUT),
        ("hello", "HELP", Intent.NONE),
        ("hello", None, Intent.NONE),
    ],
)
def test_who_asks_to_stop_by_our_words_or_by_twilios_opts_out(opt_outs, body, opt_out_type, intent):
    assert opt_outs.receive(inbound(body, "10", opt_out_type=opt_out_type)).intent is intent


@pytest.mark.parametrize("sid", [pytest.param("4", id="older"), pytest.param("5", id="of the same second")])
def test_a_start_that_is_not_newer_lifts_nothing(opt_outs, sid):
    opt_outs.receive(inbound("STOP", "5"))

    opt_outs.receive(inbound("START", sid))

    assert opt_outs.is_opted_out(RECIPIENT)
    assert reasons(opt_outs) == []


def test_an_old_start_that_is_brought_again_lifts_nothing(opt_outs):
    for word, sid in (("STOP", "1"), ("START", "2"), ("STOP", "3")):
        opt_outs.receive(inbound(word, sid))

    outcome = opt_outs.receive(inbound("START", "2"))

    assert opt_outs.is_opted_out(RECIPIENT)
    assert not outcome.is_new


@pytest.mark.parametrize(
    ("changes", "sid", "reason"),
    [
        pytest.param({"is_signed": False}, "6", Reason.UNSIGNED, id="unsigned"),
        pytest.param({}, "unreadable", Reason.UNDATED, id="its time cannot be read"),
        pytest.param({}, "none", Reason.UNDATED, id="it has no time"),
        pytest.param({"to": OTHER_SENDER}, "6", Reason.OPTED_OUT_ELSEWHERE, id="sent to another number"),
    ],
)
def test_a_start_that_proves_too_little_lifts_nothing_and_a_person_is_asked(opt_outs, changes, sid, reason):
    opt_outs.receive(inbound("STOP", "5"))

    outcome = opt_outs.receive(inbound("START", sid, **changes))

    assert outcome == Outcome(Intent.OPT_IN, Action.REVIEW, is_new=True)
    assert opt_outs.is_opted_out(RECIPIENT)
    assert reasons(opt_outs) == [reason]


@pytest.mark.parametrize("changes", [{"is_signed": False}, {"sid": "unreadable"}, {"from_": "72727"}])
def test_a_start_that_proves_too_little_is_nothing_if_there_is_nothing_to_lift(opt_outs, changes):
    outcome = opt_outs.receive(inbound("YES", **{"sid": "6", **changes}))

    assert outcome == Outcome(Intent.OPT_IN, Action.NOTHING)
    assert opt_outs.reviews() == ()


def test_without_a_way_to_read_times_no_text_opts_in(store):
    opt_outs = OptOuts(store, HandClock())
    opt_outs.receive(inbound("STOP", "5"))

    opt_outs.receive(inbound("START", "6"))

    assert opt_outs.is_opted_out(RECIPIENT)
    assert reasons(opt_outs) == [Reason.UNDATED]


def test_start_does_not_lift_what_was_said_outside_the_conversation(opt_outs):
    opt_outs.add(RECIPIENT, source="web-form")

    outcome = opt_outs.receive(inbound("START", "99999"))

    assert outcome.action is Action.REVIEW
    assert opt_outs.is_opted_out(RECIPIENT)


def test_start_lifts_what_was_said_to_the_number_before_it_came_into_a_service(opt_outs):
    opt_outs.receive(inbound("STOP", "5"))

    opt_outs.receive(inbound("START", "6", service=SERVICE))

    assert not opt_outs.is_opted_out(RECIPIENT)


def test_start_that_arrives_before_an_older_stop_still_counts(opt_outs):
    opt_outs.receive(inbound("START", "6"))
    opt_outs.receive(inbound("STOP", "5"))

    assert not opt_outs.is_opted_out(RECIPIENT)


def test_a_narrow_stop_blocks_its_conversation_and_start_lifts_it(store):
    opt_outs = OptOuts(store, HandClock(), read_date_created=date_of, stop_reach=StopReach.CONVERSATION)
    opt_outs.receive(inbound("STOP", "5", service=SERVICE))
    answers = [opt_outs.is_opted_out(RECIPIENT, *whom) for whom in ((SENDER, SERVICE), (SENDER, None), (None, None))]

    opt_outs.receive(inbound("START", "6", service=SERVICE))

    assert answers == [True, False, False]
    assert not opt_outs.is_opted_out(RECIPIENT, SENDER, SERVICE)


def test_start_lifts_exactly_what_the_stop_of_its_conversation_set(opt_outs, store):
    store.append(opted_out(0, scope=HERE, conversation=HERE), opted_out(0, scope=GROUP, conversation=GROUP))

    opt_outs.receive(inbound("START", "6"))

    assert not opt_outs.is_opted_out(RECIPIENT, SENDER)
    assert opt_outs.is_opted_out(RECIPIENT, None, SERVICE)


def test_a_doubtful_text_is_for_a_person_and_changes_nothing(opt_outs):
    outcome = opt_outs.receive(inbound("stop by at 5", "5"))

    assert outcome == Outcome(Intent.REVIEW, Action.REVIEW, is_new=True)
    assert not opt_outs.is_opted_out(RECIPIENT)
    (review,) = opt_outs.reviews()
    assert (review.sid, review.body, review.number, review.to) == ("5", "stop by at 5", RECIPIENT, SENDER)


def test_a_doubtful_text_that_comes_again_waits_once(opt_outs):
    opt_outs.receive(inbound("stop by at 5", "5"))

    assert not opt_outs.receive(inbound("stop by at 5", "5")).is_new
    assert len(opt_outs.reviews()) == 1


@pytest.mark.parametrize(("body", "intent"), [("HELP", Intent.HELP), ("see you", Intent.NONE), ("", Intent.NONE)])
def test_nothing_is_recorded_of_other_texts(opt_outs, body, intent):
    assert opt_outs.receive(inbound(body, "5")) == Outcome(intent, Action.NOTHING)
    assert opt_outs.history(RECIPIENT) == opt_outs.reviews() == ()
