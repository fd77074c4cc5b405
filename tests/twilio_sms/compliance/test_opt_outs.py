"""Who may be texted: allowed, blocked or unknown, and unknown is no."""

import io
from datetime import timedelta

import pytest

from tests.doubles import RECIPIENT, SENDER
from tests.opt_outs import SERVICE, BrittleStore, at, inbound, opted_in, opted_out
from twilio_sms.compliance.conversations import StopReach
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.opt_out import MaySend
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.errors import LocalOptOutError, OptOutUnknownError, ValidationError

HERE, GROUP = Scope.of_sender(SENDER), Scope.of_service(SERVICE)


@pytest.fixture
def opt_outs(store, clock):
    return OptOuts(store, clock)


def test_who_is_not_on_the_list_may_be_texted(opt_outs):
    opt_outs.check(RECIPIENT, SENDER, None)

    assert opt_outs.may_send(RECIPIENT) is MaySend.ALLOWED
    assert not opt_outs.is_opted_out(RECIPIENT)


@pytest.mark.parametrize("number", [RECIPIENT, "whatsapp:" + RECIPIENT, "+1 (555) 123-4567"])
def test_who_opted_out_is_found_however_the_number_is_written(opt_outs, number):
    assert opt_outs.add("rcs:+1 555 123 4567") is True

    assert opt_outs.is_opted_out(number)
    assert opt_outs.may_send(number) is MaySend.BLOCKED


def test_a_refusal_tells_what_when_and_how_but_no_number(opt_outs):
    opt_outs.add(RECIPIENT, HERE, source="web-form", at=at(0))

    with pytest.raises(LocalOptOutError) as caught:
        opt_outs.check(RECIPIENT, SENDER, None)

    assert str(caught.value) == (
        "+1555***4567 opted out of sender:+1500***0006 on 2025-12-31 12:00 UTC (web-form):"
        " send again only after an opt-in"
    )
    assert caught.value.evidence.recipient == "+1555***4567"
    assert (caught.value.repeatable, caught.value.attempts) == (False, 0)


@pytest.mark.parametrize(
    "call",
    [
        lambda o: o.check("5551234567", None, None),
        lambda o: o.may_send("5551234567"),
        lambda o: o.is_opted_out("5551234567"),
        lambda o: o.add("5551234567"),
        lambda o: o.remove("5551234567"),
        lambda o: o.history("5551234567"),
        lambda o: o.learn_from_twilio("5551234567", SENDER, None),
    ],
    ids=["check", "may_send", "is_opted_out", "add", "remove", "history", "learn_from_twilio"],
)
def test_what_is_no_number_is_refused(opt_outs, call):
    with pytest.raises(ValidationError, match=r"E\.164"):
        call(opt_outs)


def test_nobody_may_be_texted_while_the_list_cannot_be_read(opt_outs, store):
    store.is_broken = True

    assert opt_outs.may_send(RECIPIENT) is MaySend.UNKNOWN
    with pytest.raises(OptOutUnknownError):
        opt_outs.is_opted_out(RECIPIENT)
    with pytest.raises(OptOutUnknownError):
        opt_outs.check(RECIPIENT, SENDER, None)


@pytest.mark.parametrize("fresh", [True, False])
def test_a_known_block_stays_one_while_the_list_cannot_be_read(opt_outs, store, clock, fresh):
    opt_outs.add(RECIPIENT)
    opt_outs.may_send(RECIPIENT)
    opt_outs.may_send("+15559876543")
    store.is_broken = True
    clock.sleep(10 * 365 * 86_400)

    assert opt_outs.may_send(RECIPIENT, fresh=fresh) is MaySend.BLOCKED
    assert opt_outs.may_send("+15559876543", fresh=fresh) is MaySend.UNKNOWN


def test_a_narrow_block_that_is_known_says_nothing_of_other_senders(opt_outs, store, clock):
    opt_outs.add(RECIPIENT, HERE)
    opt_outs.may_send(RECIPIENT)
    store.is_broken = True
    clock.sleep(2)

    assert opt_outs.may_send(RECIPIENT, SENDER) is MaySend.BLOCKED
    assert opt_outs.may_send(RECIPIENT, "72727") is MaySend.UNKNOWN


def test_a_block_of_another_process_is_seen_within_a_second_or_at_once_if_asked(opt_outs, store, clock):
    opt_outs.may_send(RECIPIENT)
    store.append(opted_out())

    assert opt_outs.may_send(RECIPIENT) is MaySend.ALLOWED
    with pytest.raises(LocalOptOutError):
        opt_outs.check(RECIPIENT, None, None, fresh=True)
    clock.sleep(1)
    assert opt_outs.may_send(RECIPIENT) is MaySend.BLOCKED


def test_ones_own_statements_count_at_once(opt_outs):
    answers = [opt_outs.is_opted_out(RECIPIENT)]
    for state in (opt_outs.add, opt_outs.remove, opt_outs.add):
        state(RECIPIENT)
        answers.append(opt_outs.is_opted_out(RECIPIENT))

    assert answers == [False, True, False, True]


def test_an_opt_in_lifts_its_scope_and_nothing_else(opt_outs):
    opt_outs.add(RECIPIENT, HERE)
    opt_outs.add(RECIPIENT, GROUP)
    opt_outs.add(RECIPIENT)

    opt_outs.remove(RECIPIENT)
    opt_outs.remove(RECIPIENT, HERE)

    assert not opt_outs.is_opted_out(RECIPIENT, SENDER)
    assert opt_outs.is_opted_out(RECIPIENT, SENDER, SERVICE)


def test_an_opt_in_by_hand_lifts_what_was_said_by_text(opt_outs):
    opt_outs.receive(inbound("STOP"))

    opt_outs.remove(RECIPIENT, actor="Ann", note="asked for it by phone")

    assert not opt_outs.is_opted_out(RECIPIENT)


def test_what_was_said_earlier_does_not_undo_what_was_said_later(opt_outs):
    opt_outs.add(RECIPIENT, at=at(5))

    opt_outs.remove(RECIPIENT, at=at(4))

    assert opt_outs.is_opted_out(RECIPIENT)


def test_a_statement_from_the_future_is_refused(opt_outs, clock):
    with pytest.raises(ValidationError, match="must have passed"):
        opt_outs.remove(RECIPIENT, at=clock.now() + timedelta(days=1))


def test_a_statement_is_kept_with_all_that_was_said(opt_outs, clock):
    opt_outs.add(RECIPIENT, HERE, source="web-form", evidence="form-1", at=at(1), actor="Ann", note="a note")

    assert opt_outs.history(RECIPIENT) == (
        opted_out(
            1,
            scope=HERE,
            source="web-form",
            evidence="form-1",
            actor="Ann",
            note="a note",
            received_time=clock.now(),
        ),
    )


def test_the_same_evidence_twice_is_one_statement(opt_outs):
    assert opt_outs.add(RECIPIENT, evidence="form-1") is True
    assert opt_outs.add(RECIPIENT, evidence="form-1") is False


def test_what_twilio_refused_blocks_the_brand(opt_outs, clock):
    assert opt_outs.learn_from_twilio(RECIPIENT, SENDER, SERVICE, evidence="RQ1") is True

    (event,) = opt_outs.history(RECIPIENT)
    assert (event.source, event.scope, event.conversation, event.evidence) == ("twilio-21610", BRAND, GROUP, "RQ1")
    assert opt_outs.is_opted_out(RECIPIENT, "72727")


def test_what_twilio_refused_reaches_as_far_as_a_stop(store, clock):
    opt_outs = OptOuts(store, clock, stop_reach=StopReach.CONVERSATION)

    opt_outs.learn_from_twilio(RECIPIENT, SENDER, None)

    assert opt_outs.is_opted_out(RECIPIENT, SENDER)
    assert not opt_outs.is_opted_out(RECIPIENT, "72727")


def test_a_start_since_the_refused_request_began_stays_newer(store, clock):
    opt_outs = OptOuts(store, clock, read_date_created=lambda _sid: at(5))
    opt_outs.receive(inbound("START"))

    opt_outs.learn_from_twilio(RECIPIENT, SENDER, None, at=at(4))

    assert not opt_outs.is_opted_out(RECIPIENT)


def test_start_lifts_what_twilio_refused_in_its_conversation(store, clock):
    opt_outs = OptOuts(store, clock, read_date_created=lambda _sid: at(5))
    opt_outs.learn_from_twilio(RECIPIENT, SENDER, None, at=at(4))

    opt_outs.receive(inbound("START"))

    assert not opt_outs.is_opted_out(RECIPIENT)


def test_a_settled_review_waits_no_longer(opt_outs, store, clock):
    opt_outs.receive(inbound("stop by at 5", "SM1"))

    assert opt_outs.settle_review("SM1", actor="Ann", note="a visit") is True

    assert opt_outs.reviews() == ()
    (settled,) = store.reviews()
    assert (settled.settled_time, settled.actor, settled.note) == (clock.now(), "Ann", "a visit")
    assert opt_outs.settle_review("SM1") is False


def test_the_list_can_be_audited(opt_outs, store):
    opt_outs.add(RECIPIENT)

    assert opt_outs.verify() is None
    assert opt_outs.head() == store.head()


def test_what_is_exported_can_be_imported(opt_outs, clock):
    opt_outs.add(RECIPIENT, HERE, note="=1+1")
    opt_outs.receive(inbound("STOP"))
    file = io.StringIO(newline="")
    other = OptOuts(BrittleStore(), clock)

    assert opt_outs.export_csv(file) == 2
    assert other.import_csv(io.StringIO(file.getvalue(), newline="")) == 2

    assert other.history(RECIPIENT) == opt_outs.history(RECIPIENT)
    assert other.import_csv(io.StringIO(file.getvalue(), newline="")) == 0


def test_an_import_overwrites_nothing_newer(opt_outs, store):
    store.append(opted_in(5))

    opt_outs.import_csv(["number,event_time", f"{RECIPIENT},{at(4).isoformat()}"])

    assert not opt_outs.is_opted_out(RECIPIENT)


def test_a_long_import_is_recorded_in_parts(opt_outs):
    lines = ["number", *(f"+1555{number:07}" for number in range(2500))]

    assert opt_outs.import_csv(lines, actor="Ann") == 2500

    assert opt_outs.is_opted_out("+15550002499")


def test_of_a_file_with_a_bad_row_nothing_is_imported(opt_outs):
    with pytest.raises(ValidationError, match="line 3"):
        opt_outs.import_csv(["number", RECIPIENT, "5551234567"])

    assert opt_outs.history(RECIPIENT) == ()


@pytest.mark.parametrize("say", ["add", "remove"])
def test_a_misspelt_argument_is_not_dropped_without_a_word(opt_outs, store, say):
    with pytest.raises(TypeError, match="evidense"):
        getattr(opt_outs, say)(RECIPIENT, evidense="SM1")

    assert store.events(RECIPIENT) == ()


def test_what_cannot_be_kept_as_it_is_leaves_the_list_as_it_was(opt_outs):
    with pytest.raises(ValidationError, match="evidence must be a text, is int"):
        opt_outs.add(RECIPIENT, evidence=4711)

    assert opt_outs.verify() is None
    assert opt_outs.may_send(RECIPIENT) is MaySend.ALLOWED


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"store": "opt-outs.db"}, r"store must be a store such as SqliteOptOuts\(path\), is str"),
        ({"clock": 5}, "clock must be a clock such as .*, is int"),
        ({"cache_seconds": -1}, "cache_seconds must be a number of seconds from 0 on"),
        ({"cached_numbers": 0}, "cached_numbers must be a whole number from 1 on"),
        ({"read_date_created": 5}, "read_date_created must be a function .*, is int"),
        ({"stop_reach": "sender"}, "stop_reach must be 'brand' or 'conversation', is 'sender'"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_a_setting_that_cannot_work_is_refused_by_name(store, clock, settings, told):
    with pytest.raises(ValidationError, match=told):
        OptOuts(**{"store": store, "clock": clock, **settings})


@pytest.mark.parametrize(("reach", "is_blocked"), [("brand", True), ("conversation", False)])
def test_how_far_a_stop_reaches_may_be_said_as_a_word(store, clock, reach, is_blocked):
    opt_outs = OptOuts(store, clock, stop_reach=reach)

    opt_outs.receive(inbound("STOP"))

    assert opt_outs.is_opted_out(RECIPIENT, "+15005550007") is is_blocked
