"""The journal outlives whatever ends its process, and no second one writes it."""

import os
import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.doubles import ACCOUNT_SID, HandClock
from tests.twilio_sms.bulk.journals import BASE_URL, JOB_ID, new_rows, open_journal, row_of, sid
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import RowKey
from twilio_sms.bulk.states import State
from twilio_sms.errors import JournalError


def states(journal, count: int) -> list[str]:
    return [row_of(journal, index).state.name for index in range(count)]


def crash(journal: Journal) -> None:
    """Let go of the files as the kernel does with those of a dead process: nothing is committed any more."""
    journal._group._connection.close()
    journal._lock.release()


def test_a_row_goes_its_way(tmp_path):
    clock = HandClock()
    with open_journal(tmp_path, clock=clock) as journal:
        journal.load(new_rows([0]))
        clock.sleep(5)
        journal.mark(0)
        journal.accept(0, sid(1))

        row = row_of(journal, 0)
    assert (row.state, row.sid, row.attempts) == (State.ACCEPTED, sid(1), 1)
    assert row.marked_at == HandClock().now() + timedelta(seconds=5)


def test_a_job_has_an_id_of_its_own(tmp_path):
    jobs = []
    for name in ("one.db", "two.db"):
        with Journal.open(tmp_path / name, account_sid=ACCOUNT_SID, base_url=BASE_URL, clock=HandClock()) as journal:
            jobs.append(journal.job_id)

    assert jobs[0] != jobs[1]
    assert [re.fullmatch("[0-9a-f]{16}", job) is not None for job in jobs] == [True, True]


def test_every_result_has_its_state(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(8)))
        for index in range(6):
            journal.mark(index)
        journal.accept_without_sid(0, "no JSON")
        journal.reject(1, 21211, "no number")
        journal.skip(2, "opted out")
        journal.doubt(3, "lost")
        journal.give_back(4, "the breaker is open")
        journal.doubt(5, "lost")
        journal.resend(5)
        journal.reject(6, None, "invalid")

        assert states(journal, 8) == [
            *("ACCEPTED", "REJECTED", "SKIPPED", "UNKNOWN", "PENDING", "PENDING", "REJECTED", "PENDING")
        ]
        assert [row_of(journal, index).reason for index in range(8)] == [
            *("no JSON", "no number", "opted out", "lost", "the breaker is open", None, "invalid", None)
        ]
        assert [row_of(journal, index).code for index in (1, 6)] == [21211, None]


@pytest.mark.parametrize("name", ["accept_without_sid", "doubt", "give_back", "resend"])
def test_what_follows_a_mark_needs_one(tmp_path, name):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows([0]))
        arguments = () if name == "resend" else ("why",)

        getattr(journal, name)(0, *arguments)

        with pytest.raises(JournalError, match="is PENDING and cannot become"):
            journal.flush()


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("accept_without_sid", (0, "no JSON"), "is UNKNOWN and cannot become ACCEPTED"),
        ("doubt", (1, "lost"), f"is ACCEPTED as {sid(1)} and cannot become UNKNOWN"),
        ("resend", (2,), "is INFLIGHT and cannot become PENDING"),
    ],
)
def test_a_note_is_for_rows_where_it_can_be_true(tmp_path, name, arguments, told):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(3)))
        for index in range(3):
            journal.mark(index)
        journal.doubt(0, "lost")
        journal.accept(1, sid(1))

        getattr(journal, name)(*arguments)

        with pytest.raises(JournalError, match=told):
            journal.flush()


def test_a_row_in_doubt_is_not_given_back_but_sent_again_on_request(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows([0]))
        journal.mark(0)
        journal.doubt(0, "lost")
        journal.give_back(0)

        with pytest.raises(JournalError, match="is UNKNOWN and cannot become PENDING"):
            journal.flush()


def test_what_breaks_a_rule_is_told_before_another_row_is_marked(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(2)))
        journal.doubt(0, "lost")
        journal.totals()  # runs what was noted

        with pytest.raises(JournalError, match="is PENDING and cannot become UNKNOWN"):
            journal.mark(1)

        assert states(journal, 2) == ["PENDING", "PENDING"]


def test_a_row_that_became_another_is_refused_by_its_key_in_this_job(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows([0]))
        key = RowKey(JOB_ID, 0, row_of(journal, 0).fingerprint)

        with pytest.raises(JournalError, match=f"^{re.escape(str(key))} is not the message"):
            journal.load(new_rows([0], salt="other"))


def test_of_an_address_the_slash_at_its_end_alone_is_left_out(tmp_path):
    with open_journal(tmp_path, base_url="http://127.0.0.1:9/X/") as journal:
        assert journal.job().base_url == "http://127.0.0.1:9/X"


def test_a_row_that_loses_its_message_to_a_proof_is_told_once(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(2)))
        for index in range(2):
            journal.mark(index)
        journal.doubt(0, "lost")
        journal.claim(0, sid(1))
        journal.accept(1, sid(1))
        journal.flush()

        assert [journal.take_losses(), journal.take_losses()] == [[(0, sid(1))], []]
        assert states(journal, 2) == ["UNKNOWN", "ACCEPTED"]


def test_a_loss_that_the_disk_undid_is_told_once(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(3)))
        for index in range(2):
            journal.mark(index)
        journal.doubt(0, "lost")
        journal.claim(0, sid(1))
        journal.flush()
        journal.accept(1, sid(1))
        journal.totals()  # runs what was noted
        journal._group._undo(sqlite3.OperationalError("disk full"))

        journal.flush()

        assert journal.take_losses() == [(0, sid(1))]
        assert states(journal, 2) == ["UNKNOWN", "ACCEPTED"]


def test_after_a_crash_what_was_on_its_way_is_in_doubt(tmp_path):
    journal = open_journal(tmp_path)
    journal.load(new_rows(range(4)))
    for index in range(3):
        journal.mark(index)
    journal.accept(0, sid(0))
    journal.flush()
    journal.accept(1, sid(1))
    crash(journal)

    with open_journal(tmp_path) as journal:
        assert states(journal, 4) == ["ACCEPTED", "UNKNOWN", "UNKNOWN", "PENDING"]
        assert [row_of(journal, index).reason for index in (1, 2)] == ["the process ended"] * 2


def test_after_an_orderly_end_all_is_in_one_file(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows([0]))
        journal.mark(0)
        journal.accept(0, sid(0))

    with open_journal(tmp_path) as journal:
        assert states(journal, 1) == ["ACCEPTED"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["journal.db", "journal.db.lock"]


def test_the_next_run_has_the_job_of_the_first(tmp_path):
    with open_journal(tmp_path) as journal:
        assert journal.job_id == JOB_ID

    with open_journal(tmp_path, make_job_id=lambda: "another") as journal:
        assert journal.job_id == JOB_ID


def test_how_it_is_begun_again_stays_with_it(tmp_path):
    journal = open_journal(tmp_path)
    assert journal.command() is None

    journal.keep_command("first")
    journal.keep_command("latest")
    crash(journal)

    assert Journal.read(tmp_path / "journal.db").command() == "latest"


def test_each_journal_begins_a_job_of_its_own(tmp_path):
    names = set()
    for name in ("one.db", "two.db"):
        with Journal.open(tmp_path / name, account_sid=ACCOUNT_SID, base_url=BASE_URL, clock=HandClock()) as journal:
            names.add(journal.job_id)

    assert len(names) == 2


def test_a_journal_of_changed_rows_is_refused_by_the_name_of_the_row(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(3)))

        with pytest.raises(JournalError, match=r"row 1 \(key \w+\) is not the message that it was"):
            journal.load([*new_rows([0]), *new_rows([1], salt="other")])


def test_a_second_writer_is_refused_whatever_it_calls_the_file(tmp_path):
    (tmp_path / "alias.db").symlink_to(tmp_path / "journal.db")
    with (
        open_journal(tmp_path),
        pytest.raises(JournalError, match=f"written by process {os.getpid()}"),
    ):
        Journal.open(tmp_path / "alias.db", account_sid=ACCOUNT_SID, base_url=BASE_URL, clock=HandClock())


def test_a_journal_that_was_refused_is_free_for_the_right_one(tmp_path):
    open_journal(tmp_path).close()
    with pytest.raises(JournalError, match="belongs to account"):
        open_journal(tmp_path, account_sid="AC" + "9" * 32)

    open_journal(tmp_path).close()


def test_a_slash_at_the_end_is_no_other_address(tmp_path):
    open_journal(tmp_path).close()

    open_journal(tmp_path, base_url=BASE_URL + "/").close()


@pytest.mark.parametrize("content", [b"to,body\n" * 200, b"x"], ids=["a text", "a byte"])
def test_a_file_that_is_something_else_is_refused_and_left_as_it_was(tmp_path, content):
    (tmp_path / "journal.db").write_bytes(content)

    with pytest.raises(JournalError, match=r"is not a database|is no journal"):
        open_journal(tmp_path)

    assert (tmp_path / "journal.db").read_bytes() == content


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(JournalError, match=r"journal\.db cannot be opened: .*No such file"):
        open_journal(tmp_path / "nowhere")


def test_others_read_while_it_is_written(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(2)))
        journal.mark(0)

        view = Journal.read(tmp_path / "journal.db")

        assert view.totals()[State.INFLIGHT].rows == 1
        assert view.job().account_sid == ACCOUNT_SID
        journal.mark(1)
        assert view.totals()[State.INFLIGHT].rows == 2


@pytest.mark.parametrize("content", [None, b"to,body\n" * 200], ids=["no file", "a text"])
def test_what_is_no_journal_is_not_read(tmp_path, content):
    if content:
        (tmp_path / "journal.db").write_bytes(content)

    with pytest.raises(JournalError, match=r"journal\.db cannot be read"):
        Journal.read(tmp_path / "journal.db")


def test_a_mark_that_another_program_blocks_is_an_error(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows([0]))
        with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(JournalError, match="cannot be written: database is locked"):
                journal.mark(0)
            other.execute("ROLLBACK")

        journal.mark(0)


def test_an_end_that_another_program_blocks_is_an_error_and_lets_the_next_in(tmp_path):
    journal = open_journal(tmp_path)
    journal.load(new_rows([0]))
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="locked"):
            journal.close()
        other.execute("ROLLBACK")

    open_journal(tmp_path).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_leaves_the_job_to_its_parent(tmp_path):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows(range(2)))
        journal.mark(0)
        journal.accept(0, sid(0))
        child = os.fork()
        if child == 0:
            try:
                journal.mark(1)
            except JournalError as error:
                journal.close()
                os._exit(7 if f"process {os.getppid()}" in str(error) else 8)
            os._exit(9)

        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        journal.mark(1)
        assert states(journal, 2) == ["ACCEPTED", "INFLIGHT"]
        with pytest.raises(JournalError, match="written by process"):
            open_journal(tmp_path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_that_lives_on_keeps_nobody_out(tmp_path):
    reading, writing = os.pipe()
    begun, tells = os.pipe()
    journal = open_journal(tmp_path)
    child = os.fork()
    if child == 0:
        os.write(tells, b"!")  # by now it has let go of what it inherited
        os.close(writing)
        os.read(reading, 1)
        os._exit(0)
    os.close(reading)
    os.read(begun, 1)
    journal.close()

    try:
        open_journal(tmp_path).close()
    finally:
        for end in (writing, begun, tells):
            os.close(end)
        os.waitpid(child, 0)


@pytest.mark.parametrize(
    "make", [lambda folder: folder / "a\0b", lambda folder: circle(folder)], ids=["null", "circle"]
)
def test_a_path_that_leads_nowhere_is_refused(tmp_path, make):
    # From Python 3.13 on a circle is met later.
    said = "^the path of the journal leads nowhere: (ValueError|RuntimeError|OSError)$|Too many levels"
    with pytest.raises(JournalError, match=said):
        Journal.open(make(tmp_path), account_sid=ACCOUNT_SID, base_url=BASE_URL, clock=HandClock())


def circle(folder):
    (folder / "circle").symlink_to("circle")
    return folder / "circle"


def test_who_was_forked_leaves_the_job_to_its_parent(tmp_path):
    journal = open_journal(tmp_path)

    journal.begin_anew()

    told = rf"^the journal belongs to process {os.getppid()}, which forked: a bulk send is the parent's job$"
    with pytest.raises(JournalError, match=told):
        journal.totals()
