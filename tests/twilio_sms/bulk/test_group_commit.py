"""Many threads share transactions; what fails is undone, and what happened is kept until it is written."""

import gc
import os
import sqlite3
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from threading import Event
from time import monotonic

import pytest

from twilio_sms.bulk.group_commit import MAX_UNCOMMITTED, GroupCommit
from twilio_sms.bulk.ticket import Ticket
from twilio_sms.errors import JournalError


class Watched:
    """A connection that can be made to fail, as a disk does, and counts commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.trouble: dict[str, BaseException] = {}
        self.commits = 0

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        if error := self.trouble.get(statement):
            raise error
        self.commits += statement == "COMMIT"
        return self._connection.execute(statement, *values)

    def __getattr__(self, name: str):
        return getattr(self._connection, name)


FULL = sqlite3.OperationalError("database or disk is full")


@pytest.fixture
def path(tmp_path):
    with closing(sqlite3.connect(tmp_path / "numbers.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE numbers (n INTEGER UNIQUE, filling TEXT)")
    return tmp_path / "numbers.db"


@pytest.fixture
def watched(path):
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        yield Watched(connection)


@pytest.fixture
def group(watched):
    return GroupCommit(watched)


def insert(connection, n):
    connection.execute("INSERT INTO numbers VALUES (?, ?)", (n, "x" * 500))
    return n


def adding(n):
    return partial(insert, n=n)


def numbers(connection) -> list[int]:
    return [n for (n,) in connection.execute("SELECT n FROM numbers ORDER BY n")]


def on_disk(path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return numbers(connection)


def refuse(_connection):
    raise JournalError("no")


def test_what_must_last_is_on_disk_when_it_returns(group, path):
    assert group.run_durably(adding(1)) == 1

    assert on_disk(path) == [1]


def test_a_note_is_seen_at_once_and_written_with_the_next(group, path):
    group.note(adding(1))

    assert group.read(numbers) == [1]
    assert on_disk(path) == []
    group.run_durably(adding(2))
    assert on_disk(path) == [1, 2]


def test_notes_are_run_in_their_order_and_before_what_comes_later(group, path):
    group.note(adding(1))
    group.note(lambda connection: connection.execute("UPDATE numbers SET n = 2 WHERE n = 1"))

    group.run_durably(lambda connection: connection.execute("UPDATE numbers SET n = 3 WHERE n = 2"))

    assert on_disk(path) == [3]


def test_a_note_that_breaks_a_rule_is_told_once_before_what_must_last_is_run(group, path):
    group.note(refuse)
    group.note(adding(1))
    group.read(numbers)

    with pytest.raises(JournalError, match=r"^no$"):
        group.run_durably(adding(2))

    group.run_durably(adding(3))
    assert on_disk(path) == [1, 3]


def test_a_flush_writes_all_notes_before_it_tells_which_was_wrong(group, path):
    group.note(refuse)
    group.note(adding(1))

    with pytest.raises(JournalError, match=r"^no$"):
        group.flush()

    assert on_disk(path) == [1]


def test_the_end_writes_all_notes_before_it_tells_which_was_wrong(group, path):
    group.note(refuse)
    group.note(adding(1))

    with pytest.raises(JournalError, match=r"^no$"):
        group.close()

    assert on_disk(path) == [1]
    with pytest.raises(JournalError, match=r"^the journal is closed$"):
        group.note(adding(2))


def test_a_note_that_can_never_be_run_is_told_and_the_others_are_kept(group, path):
    group.note(adding(1))
    group.note(adding(2**70))
    group.note(adding(3))

    with pytest.raises(JournalError, match="too large"):
        group.flush()

    group.flush()
    assert on_disk(path) == [1, 3]


def test_when_the_disk_fails_notes_are_kept_and_written_later(group, watched, path):
    group.note(adding(1))
    watched.trouble["INSERT INTO numbers VALUES (?, ?)"] = FULL
    group.note(adding(2))
    with pytest.raises(JournalError, match="disk is full"):
        group.flush()

    watched.trouble.clear()
    group.flush()

    assert on_disk(path) == [1, 2]


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "INSERT INTO numbers VALUES (?, ?)", "COMMIT"])
def test_an_interruption_loses_no_note(group, watched, path, statement):
    group.note(adding(1))
    group.note(adding(2))
    watched.trouble[statement] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        group.flush()

    watched.trouble.clear()
    group.flush()

    assert on_disk(path) == [1, 2]


def test_an_interruption_between_two_queues_loses_no_note_and_runs_none_twice(group, path):
    group.note(adding(1))
    group._uncommitted.append(group._waiting[0])  # as if an interrupt hit who was just taking it
    group._undo(KeyboardInterrupt())

    group.flush()

    assert on_disk(path) == [1]


def test_so_many_notes_may_wait_and_no_more(group, path):
    for n in range(2 * MAX_UNCOMMITTED):
        group.note(adding(n))

    assert len(on_disk(path)) >= MAX_UNCOMMITTED


def test_who_waits_behind_notes_is_rung(group):
    waiting = Ticket(adding(2), must_last=True)
    group.note(adding(1))
    group._waiting.append(waiting)

    group._ring_next()

    began = monotonic()
    waiting.wait(30)
    assert monotonic() - began < 10


def test_what_need_not_last_is_seen_at_once_and_written_with_the_next(group, path):
    group.run(adding(1))

    assert group.read(numbers) == [1]
    assert on_disk(path) == []
    group.run_durably(adding(2))
    assert on_disk(path) == [1, 2]


def test_a_flush_writes_what_was_run(group, path):
    group.run(adding(1))

    group.flush()

    assert on_disk(path) == [1]


def test_so_much_may_be_unwritten_and_no_more(group, path):
    for n in range(MAX_UNCOMMITTED):
        group.run(adding(n))

    assert len(on_disk(path)) == MAX_UNCOMMITTED


def test_a_broken_rule_fails_its_own_work_alone(group, path):
    group.run(adding(1))

    with pytest.raises(JournalError, match=r"^no$"):
        group.run_durably(refuse)

    group.run_durably(adding(2))
    assert on_disk(path) == [1, 2]


@pytest.mark.parametrize("statement", ["COMMIT", "BEGIN IMMEDIATE"])
def test_when_the_disk_fails_what_had_to_last_is_undone(group, watched, path, statement):
    watched.trouble[statement] = FULL

    with pytest.raises(JournalError, match="cannot be written: database or disk is full"):
        group.run_durably(adding(1))

    watched.trouble.clear()
    group.run_durably(adding(2))
    assert on_disk(path) == [2]


def test_when_the_disk_fails_what_happened_is_kept_and_written_later(group, watched, path):
    group.run(adding(1))
    group.run(adding(2))
    watched.trouble["COMMIT"] = FULL
    with pytest.raises(JournalError):
        group.run_durably(adding(3))

    watched.trouble.clear()
    group.flush()

    assert on_disk(path) == [1, 2]


def test_what_is_run_again_comes_in_its_order(group, watched, path):
    group.run(adding(1))
    group.run(lambda connection: connection.execute("UPDATE numbers SET n = 2 WHERE n = 1"))
    watched.trouble["COMMIT"] = FULL
    with pytest.raises(JournalError):
        group.flush()

    watched.trouble.clear()
    group.flush()

    assert on_disk(path) == [2]


def test_what_cannot_be_run_for_a_full_disk_says_so_and_is_kept(group, watched, path):
    watched.trouble["BEGIN IMMEDIATE"] = FULL
    with pytest.raises(JournalError, match="disk is full"):
        group.run(adding(1))

    watched.trouble.clear()
    group.flush()

    assert on_disk(path) == [1]


@pytest.mark.parametrize("trouble", [FULL, sqlite3.DatabaseError("file is encrypted")], ids=["full", "unreadable"])
def test_what_happened_is_kept_if_the_disk_fails_at_its_own_statement(group, watched, path, trouble):
    watched.trouble["INSERT INTO numbers VALUES (?, ?)"] = trouble
    with pytest.raises(JournalError, match=str(trouble)):
        group.run(adding(1))

    watched.trouble.clear()
    group.flush()

    assert on_disk(path) == [1]


def test_work_that_can_never_be_run_is_not_kept(group, path):
    group.run(adding(1))
    with pytest.raises(JournalError, match="too large"):
        group.run(adding(2**70))

    group.flush()

    assert on_disk(path) == [1]


def test_an_interruption_is_passed_on_and_leaves_no_half(group, watched, path):
    watched.trouble["COMMIT"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        group.run_durably(adding(1))

    watched.trouble.clear()
    group.run_durably(adding(2))

    assert on_disk(path) == [2]


def test_work_that_an_interrupted_leader_lost_is_told_and_nobody_waits_for_it(group):
    begun, go = Event(), Event()

    def slow(_connection):
        begun.set()
        go.wait(10)

    with ThreadPoolExecutor(2) as pool:
        pool.submit(group.read, slow)
        begun.wait(10)
        lost = pool.submit(group.run_durably, adding(1))
        while not group._waiting:
            pass
        group._waiting.clear()  # as if an interrupt hit who had just taken it
        go.set()
        with pytest.raises(JournalError, match="interrupted"):
            lost.result(10)


def test_those_who_wait_share_one_commit(group, watched):
    begun, go = Event(), Event()

    def slow(_connection):
        begun.set()
        go.wait(10)

    with ThreadPoolExecutor(9) as pool:
        pool.submit(group.read, slow)
        begun.wait(10)
        done = [pool.submit(group.run_durably, adding(n)) for n in range(8)]
        while len(group._waiting) < 8:
            pass
        go.set()
        results = [each.result(10) for each in done]

    assert results == list(range(8))
    assert watched.commits == 1


def test_a_failed_commit_fails_all_who_shared_it(group, watched, path):
    begun, go = Event(), Event()
    watched.trouble["COMMIT"] = FULL

    def slow(_connection):
        begun.set()
        go.wait(10)

    with ThreadPoolExecutor(9) as pool:
        pool.submit(group.read, slow)
        begun.wait(10)
        done = [pool.submit(group.run_durably, adding(n)) for n in range(8)]
        while len(group._waiting) < 8:
            pass
        go.set()
        errors = [each.exception(10) for each in done]

    assert [type(error) for error in errors] == [JournalError] * 8
    assert on_disk(path) == []


def test_many_threads_lose_nothing(group, path):
    def work(first: int) -> None:
        for n in range(first, 800, 8):
            (group.run_durably, group.run, group.note)[n % 3](adding(n))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    group.flush()

    assert on_disk(path) == list(range(800))


def test_what_cannot_be_read_is_a_journal_error(group):
    with pytest.raises(JournalError, match="cannot be read: no such table"):
        group.read(lambda connection: connection.execute("SELECT * FROM elsewhere"))


def test_after_the_end_nothing_is_taken(group, path):
    group.run(adding(1))

    group.close()

    assert on_disk(path) == [1]
    for call in (group.run, group.run_durably, group.note, group.read):
        with pytest.raises(JournalError, match=r"^the journal is closed$"):
            call(adding(2))
    group.close()


def test_an_end_that_cannot_empty_the_wal_is_an_end(group, watched, path):
    group.run(adding(1))
    watched.trouble["PRAGMA wal_checkpoint(TRUNCATE)"] = FULL

    group.close()

    assert on_disk(path) == [1]


def test_an_end_on_a_full_disk_says_so_and_ends(group, watched):
    group.run(adding(1))
    watched.trouble["COMMIT"] = FULL

    with pytest.raises(JournalError, match="disk is full"):
        group.close()

    with pytest.raises(JournalError, match=r"^the journal is closed$"):
        group.run(adding(2))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_that_forgets_the_connection_leaves_the_open_transaction_whole(path):
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cache_size = 5")  # pages; what does not fit goes into the WAL before it is committed
    group = GroupCommit(connection)
    group.run_durably(adding(0))
    for n in range(1, 900):
        group.run(adding(n))

    child = os.fork()
    if child == 0:
        group.refuse("a child")
        del group, connection
        gc.collect()
        os._exit(0)
    os.waitpid(child, 0)

    assert group.read(numbers) == list(range(900))
    group.close()
    assert on_disk(path) == list(range(900))


def test_who_must_not_touch_the_connection_keeps_it_alive_and_refuses_all(group, watched):
    before = sys.getrefcount(watched)
    group._leading.acquire()  # as a thread of the parent may have had it

    group.refuse("it is the parent's")

    assert sys.getrefcount(watched) == before + 1  # for ever
    for ask in (group.run, group.run_durably, group.read, group.note):
        with pytest.raises(JournalError, match=r"^it is the parent's$"):
            ask(numbers)


def test_a_note_that_can_never_be_run_is_told_once_too(group, path):
    group.note(lambda connection: connection.no_such_thing)
    group.read(numbers)

    with pytest.raises(JournalError, match=r"^the journal cannot be written: .*no_such_thing.*; send nothing until"):
        group.run_durably(adding(1))
    group.run_durably(adding(2))

    assert on_disk(path) == [2]


def test_so_many_notes_are_kept_in_memory_and_no_more(group, path):
    for number in range(MAX_UNCOMMITTED - 1):
        group.note(adding(number))
    before = on_disk(path)

    group.note(adding(MAX_UNCOMMITTED))

    assert (before, len(on_disk(path))) == ([], MAX_UNCOMMITTED)


def test_an_orderly_end_leaves_nothing_in_the_wal_though_somebody_looks_on(group, path):
    with closing(sqlite3.connect(path)) as onlooker:
        numbers(onlooker)
        group.run_durably(adding(1))

        group.close()

        assert path.with_name(f"{path.name}-wal").stat().st_size == 0


def test_who_waits_for_no_disk_goes_on_as_soon_as_its_work_is_run_though_the_leader_is_at_the_next(group):
    begun, go, begun_again, go_again = (Event() for _ in range(4))

    def slow(begun, go, _connection):
        begun.set()
        go.wait(10)

    with ThreadPoolExecutor(3) as pool:
        pool.submit(group.run, partial(slow, begun, go))
        begun.wait(10)
        second = pool.submit(group.run, adding(1))
        while len(group._waiting) < 1:
            begun.wait(0.001)
        group.note(partial(slow, begun_again, go_again))
        go.set()
        begun_again.wait(10)

        told = second.result(timeout=5)
        is_still_led = group._leading.locked()
        go_again.set()

    assert (told, is_still_led) == (1, True)


def test_who_joins_the_queue_while_the_next_is_looked_for_disturbs_nobody(group, path):
    class Joined(deque):
        def __iter__(self):
            raise RuntimeError("deque mutated during iteration")

    group._waiting = Joined()

    group.run_durably(adding(1))

    assert on_disk(path) == [1]
