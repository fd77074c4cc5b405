"""Without a journal every row is new, and no message can be told to be a row's."""

from tests.twilio_sms.bulk.journals import new_rows, sid
from twilio_sms.bulk.no_journal import NoJournal
from twilio_sms.bulk.states import State


def test_every_row_is_new_each_time():
    journal = NoJournal()
    for _ in range(2):
        loaded = journal.load(new_rows(range(3)))

        assert [(row.index, row.state, row.segments) for row in loaded] == [(n, State.PENDING, 2) for n in range(3)]
        journal.mark(0)
        journal.accept(0, sid(1))


def test_no_message_is_a_rows():
    assert NoJournal().claim(0, sid(1)) is False


def test_a_proof_takes_a_message_from_nobody():
    journal = NoJournal()
    journal.accept(0, sid(1))

    assert list(journal.take_losses()) == []


def test_there_was_no_earlier_run():
    assert NoJournal().totals() == {}


def test_every_note_is_taken():
    journal = NoJournal()

    journal.accept_without_sid(0, "why")
    journal.reject(0, 21211, "why")
    journal.skip(0, "why")
    journal.doubt(0, "why")
    journal.give_back(0)
    journal.resend(0)
    journal.flush()
