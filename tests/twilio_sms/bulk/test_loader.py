"""Rows are in the journal before they are handed on, some at a time, and stay what they were."""

from datetime import timedelta
from itertools import islice

import pytest

from tests.doubles import RECIPIENT, HandClock
from tests.twilio_sms.bulk.journals import open_journal, row_of
from tests.twilio_sms.bulk.stub_twilio import rows
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import RowKey
from twilio_sms.bulk.loader import CHUNK, Loaded, load_rows
from twilio_sms.bulk.no_journal import NoJournal
from twilio_sms.bulk.rows import read_rows
from twilio_sms.bulk.states import State
from twilio_sms.domain.phone import PhoneNumber
from twilio_sms.errors import JournalError

SERVICE = {"messaging_service_sid": "MG" + "0f" * 16}


def load(source, journal: Journal | NoJournal, clock: HandClock | None = None) -> list[Loaded]:
    return list(load_rows(read_rows(source), journal, PhoneNumber.parse, (clock or HandClock()).now))


def test_a_row_comes_with_its_message_and_what_the_journal_knows(tmp_path):
    with open_journal(tmp_path) as journal:
        [loaded] = load(rows(1), journal)

        assert loaded.known == row_of(journal, 0)
        assert loaded.send.draft.body == "row 0"
        assert (loaded.send.index, loaded.send.segments, loaded.problem) == (0, 1, None)
        assert loaded.send.key == str(RowKey(journal.job_id, 0, loaded.known.fingerprint))


def test_rows_are_read_some_at_a_time_and_only_when_they_are_wanted(tmp_path):
    read = []
    source = (read.append(row) or row for row in rows(3 * CHUNK))

    with open_journal(tmp_path) as journal:
        loaded = load_rows(read_rows(source), journal, PhoneNumber.parse, HandClock().now)
        assert [next(loaded).known.index for _ in range(CHUNK)] == list(range(CHUNK))

        assert len(read) == CHUNK
        assert journal.find(CHUNK - 1) is not None
        assert journal.find(CHUNK) is None


def test_every_row_comes_once_and_in_order():
    count = 2 * CHUNK + 1

    assert [loaded.known.index for loaded in load(rows(count), NoJournal())] == list(range(count))


def test_a_row_that_is_no_message_stops_only_itself(tmp_path):
    with open_journal(tmp_path) as journal:
        good, bad, last = load([*rows(1), {**rows(1)[0], "to": "5"}, *rows(1)], journal)

        assert good.send
        assert last.send
        assert bad.send is None
        assert "row 1" in str(bad.problem)
        assert row_of(journal, 1).segments == 0


@pytest.mark.parametrize("change", [{"body": "another text"}, {"to": "5"}], ids=["another message", "no message"])
def test_a_row_that_was_changed_is_refused_by_its_name(tmp_path, change):
    with open_journal(tmp_path) as journal:
        load(rows(3), journal)
        changed = rows(3)
        changed[1] |= change

        with pytest.raises(JournalError, match=r"^row 1 \(key [0-9a-f]{16}\) is not the message that it was"):
            load(changed, journal)


def test_a_row_that_is_no_message_is_known_again(tmp_path):
    bad = [{**rows(1)[0], "to": "5"}]
    with open_journal(tmp_path) as journal:
        [first] = load(bad, journal)
        [second] = load(bad, journal)

    assert first.known == second.known
    assert str(first.problem) == str(second.problem)


def test_a_time_to_send_at_that_has_passed_leaves_the_message_what_it_was(tmp_path):
    clock = HandClock()
    source = rows(1, **SERVICE, from_=None, send_at=clock.now() + timedelta(hours=1))
    with open_journal(tmp_path, clock=clock) as journal:
        [before] = load(source, journal, clock)
        clock.sleep(3600)
        [after] = load(source, journal, clock)

    assert before.problem is None
    assert "send_at must be 300 seconds to 35 days ahead" in str(after.problem)
    assert after.send == before.send


def test_a_row_that_may_have_been_sent_before_knows_since_when(tmp_path):
    clock = HandClock()
    with open_journal(tmp_path, clock=clock) as journal:
        load(rows(2), journal)
        clock.sleep(5)
        for index in range(2):
            journal.mark(index)
        journal.give_back(0, "not sent")
        journal.doubt(1, "lost")
        journal.resend(1)

        not_sent, doubtful = load(rows(2), journal)

    assert (not_sent.known.state, not_sent.send.doubtful_since) == (State.PENDING, None)
    assert doubtful.send.doubtful_since == HandClock().now() + timedelta(seconds=5)


def test_without_a_journal_a_row_still_has_a_name():
    [loaded] = islice(load(rows(1), NoJournal()), 1)

    assert loaded.send.key == str(RowKey("-", 0, loaded.known.fingerprint))
    assert RECIPIENT not in loaded.send.key


def test_half_a_character_in_a_name_is_kept_as_its_escape(tmp_path):
    with open_journal(tmp_path) as journal:
        [loaded] = load_rows(
            read_rows([{"to": "?", "from_": "+15005550006", "\ud800": 1}], body_template="hi"),
            journal,
            PhoneNumber.parse,
            HandClock().now,
        )

    assert loaded.problem is not None


def test_rows_of_a_slow_source_do_not_wait_for_many_others():
    clock, read = HandClock(), []

    def source():
        for row in rows(20):
            clock.sleep(0.06)
            read.append(row)
            yield row

    loaded = load_rows(read_rows(source()), NoJournal(), PhoneNumber.parse, clock.now)

    assert [len(read) for _ in islice(loaded, 4)] == [2, 2, 4, 4]
