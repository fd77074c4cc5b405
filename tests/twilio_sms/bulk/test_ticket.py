"""A piece of work tells its caller what became of it, and never more than is known."""

import sqlite3
from contextlib import closing
from time import monotonic

import pytest

from twilio_sms.bulk.ticket import Note, Ticket
from twilio_sms.errors import JournalError


def carried_out(ticket):
    with closing(sqlite3.connect(":memory:")) as connection:
        ticket.carry_out(connection)
    return ticket


def answer(_connection):
    return 42


def broken_rule(_connection):
    raise JournalError("row 1 is not in the journal")


def test_what_need_not_last_has_a_result_when_it_was_run():
    ticket = carried_out(Ticket(answer, must_last=False))

    assert ticket.is_settled()
    assert ticket.result() == 42


def test_what_must_last_has_none_before_it_is_on_disk():
    ticket = carried_out(Ticket(answer, must_last=True))

    assert not ticket.is_settled()
    with pytest.raises(JournalError, match=r"^the journal cannot be written: interrupted; send nothing until it can$"):
        ticket.result()
    ticket.settle()
    assert ticket.is_settled()
    assert ticket.result() == 42


def test_what_was_never_run_has_failed():
    with pytest.raises(JournalError, match=r"^the journal cannot be written: interrupted; send nothing until it can$"):
        Ticket(answer, must_last=False).result()


def test_a_broken_rule_is_told_as_it_is_and_stays_broken():
    ticket = carried_out(Ticket(broken_rule, must_last=False))
    ticket.fail(sqlite3.OperationalError("disk full"))
    ticket.settle()

    assert not ticket.is_kept()
    with pytest.raises(JournalError, match="row 1 is not in the journal"):
        ticket.result()


@pytest.mark.parametrize("must_last", [True, False])
def test_what_was_undone_says_why_and_is_kept_unless_it_had_to_last(must_last):
    ticket = carried_out(Ticket(answer, must_last=must_last))

    ticket.fail(sqlite3.OperationalError("disk full"))

    assert ticket.is_kept() == (not must_last)
    with pytest.raises(JournalError, match="cannot be written: disk full"):
        ticket.result()


@pytest.mark.parametrize("must_last", [True, False])
def test_who_waits_is_rung_when_it_need_not_wait_any_longer(must_last):
    ticket = carried_out(Ticket(answer, must_last=must_last))
    if must_last:
        ticket.settle()

    began = monotonic()
    ticket.wait(30)

    assert monotonic() - began < 10


def test_to_ring_twice_is_to_ring_once():
    ticket = Ticket(answer, must_last=True)
    ticket.ring()
    ticket.ring()

    ticket.wait(30)
    ticket.wait(0.001)  # the second ring is not kept


def test_nobody_waits_for_a_note():
    note = Note(answer)

    assert note.is_settled()
    assert not note.must_last


def test_a_note_is_kept_until_it_is_written():
    note = carried_out(Note(answer))

    note.fail(sqlite3.OperationalError("disk full"))

    assert note.is_kept()
    assert note.trouble() is None


def test_a_note_that_breaks_a_rule_is_trouble_and_is_not_kept():
    note = carried_out(Note(broken_rule))

    note.fail(sqlite3.OperationalError("disk full"))

    assert "row 1 is not in the journal" in str(note.trouble())
    assert not note.is_kept()


def test_a_note_that_can_never_be_run_is_trouble_and_is_not_kept():
    note = Note(answer)
    note.give_up(OverflowError("too large"))

    note.fail(OverflowError("too large"))

    assert "cannot be written: too large" in str(note.trouble())
    assert not note.is_kept()


def test_what_is_waited_for_is_trouble_for_who_waits_alone():
    ticket = carried_out(Ticket(broken_rule, must_last=False))

    assert ticket.trouble() is None
