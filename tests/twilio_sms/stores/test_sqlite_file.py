"""A file that is made whole, kept private, told from others, and never replaced by an empty one."""

import os
import signal
import sqlite3
import stat
from contextlib import ExitStack, closing
from dataclasses import replace
from threading import Thread

import pytest

from twilio_sms.errors import JournalError
from twilio_sms.stores.sqlite_file import FileKind, SqliteFile

KIND = FileKind(
    name="list of things",
    application_id=0x1234,
    version=2,
    schema="CREATE TABLE things (name TEXT);",
    error=JournalError,
)
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def open_file(path, kind=KIND, *, must_exist=False, busy_seconds=0.0):
    return SqliteFile(path, kind, must_exist=must_exist, busy_seconds=busy_seconds)


def write(file, name):
    with file.writing() as connection:
        connection.execute("INSERT INTO things VALUES (?)", (name,))


def names(file):
    with file.reading() as connection:
        return [name for (name,) in connection.execute("SELECT name FROM things")]


def fork(act):
    """Let a child *act*; it ends with status 0 if that raises nothing, and by a signal if it hangs."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(20)
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return child


def status_of(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "things.db"


@pytest.fixture
def file(path):
    file = open_file(path)
    yield file
    file.close()


def test_what_was_written_is_there_when_the_file_is_opened_again(path, file):
    write(file, "a")
    file.close()

    assert names(file) == ["a"]
    with closing(open_file(path, must_exist=True)) as again:
        assert names(again) == ["a"]


def test_a_commit_survives_a_loss_of_power(file):
    with file.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_only_its_owner_may_read_it(path, file):
    write(file, "a")

    modes = {stat.S_IMODE(found.stat().st_mode) for found in path.parent.iterdir()}

    assert modes == {0o600}


def test_nothing_lies_beside_it_once_it_is_made_and_closed(path, file):
    file.close()

    assert list(path.parent.iterdir()) == [path]


def test_its_log_is_folded_in_after_each_change(path, file):
    write(file, "a")

    assert path.with_name("things.db-wal").stat().st_size == 0


def test_the_log_of_a_kind_that_can_bear_its_loss_stays(path):
    with closing(open_file(path, replace(KIND, is_folded=False))) as file:
        write(file, "a")

        assert path.with_name("things.db-wal").stat().st_size > 0


def test_a_change_is_durable_though_a_reader_keeps_the_log_from_being_folded(path, file):
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM things").fetchall()
        write(file, "a")

    with closing(open_file(path)) as again:
        assert names(again) == ["a"]


def test_a_change_that_breaks_off_is_undone(file):
    def break_off():
        with file.writing() as connection:
            connection.execute("INSERT INTO things VALUES ('a')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    assert names(file) == []


def test_a_snapshot_does_not_move(path, file):
    with closing(open_file(path)) as other, file.snapshot() as connection:
        before = connection.execute("SELECT COUNT(*) FROM things").fetchone()
        write(other, "a")
        after = connection.execute("SELECT COUNT(*) FROM things").fetchone()

    assert before == after == (0,)
    assert names(file) == ["a"]


def test_a_missing_file_is_refused_if_it_must_be_there(path):
    with pytest.raises(JournalError, match=r"list of things things\.db cannot be opened"):
        open_file(path, must_exist=True)

    assert not path.exists()


def test_a_missing_folder_is_told(path):
    nowhere = path.parent / "nowhere"

    with pytest.raises(JournalError, match=f"cannot be opened: there is no folder {nowhere}: make it"):
        open_file(nowhere / "things.db")


@pytest.mark.parametrize(
    "content", [pytest.param(b"", id="emptied"), pytest.param(b"no database at all" * 99, id="something else")]
)
def test_a_file_of_another_kind_is_refused_and_left_alone(path, content):
    path.write_bytes(content)

    with pytest.raises(JournalError):
        open_file(path)

    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (x)")

    with pytest.raises(JournalError, match="another kind"):
        open_file(path)


@pytest.mark.parametrize(("version", "told"), [(3, "newer than 2: update"), (1, "version 1, which")])
def test_a_file_of_another_version_is_refused(path, version, told):
    open_file(path, replace(KIND, version=version)).close()

    with pytest.raises(JournalError, match=told) as caught:
        open_file(path)

    assert not caught.value.repeatable


def test_two_that_make_the_same_file_at_once_share_one(path):
    files = []
    threads = [Thread(target=lambda: files.append(open_file(path, busy_seconds=5))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with ExitStack() as opened:
        for number, file in enumerate(files):
            write(opened.enter_context(closing(file)), str(number))

        assert len(names(files[0])) == len(files) == 8


def test_a_busy_file_can_be_asked_again_later(path, file):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="cannot be written: database is locked") as caught:
            write(file, "a")

    assert caught.value.repeatable
    assert caught.value.attempts == 0
    write(file, "a")


@pytest.mark.parametrize("use", [names, lambda file: write(file, "a")], ids=["reading", "writing"])
def test_a_file_that_is_gone_is_not_made_anew(path, file, use):
    path.unlink()

    with pytest.raises(JournalError):
        use(file)

    assert not path.exists()


def test_a_file_that_was_replaced_is_refused_also_after_it_is_closed(path, file):
    other = path.with_name("other.db")
    open_file(other).close()
    other.replace(path)

    for _ in range(2):
        with pytest.raises(JournalError, match="replaced by another file"):
            names(file)
        file.close()


def test_a_change_to_a_file_that_goes_meanwhile_is_not_acknowledged(path, file):
    def write_while_it_goes():
        with file.writing() as connection:
            connection.execute("INSERT INTO things VALUES ('a')")
            path.unlink()

    with pytest.raises(JournalError):
        write_while_it_goes()


def test_damage_that_is_told_in_no_text_is_trouble_like_any_other(file):
    with pytest.raises(JournalError, match="cannot be read"), file.reading():
        raise UnicodeDecodeError("utf-8", b"\xfd", 0, 1, "invalid start byte")


@forks
def test_what_a_child_writes_stays_when_its_parent_closes_the_file(path, file):
    write(file, "parent")
    read, told = os.pipe()

    def write_before_and_after():
        write(file, "child")
        os.read(read, 1)
        write(file, "child, later")

    child = fork(write_before_and_after)
    while "child" not in names(file):
        pass
    file.close()
    os.write(told, b"the parent has closed the file")

    assert status_of(child) == 0
    with closing(open_file(path)) as again:
        assert names(again) == ["parent", "child", "child, later"]
    os.close(read)
    os.close(told)


@forks
def test_a_parent_goes_on_after_a_fork_also_in_other_threads(file):
    assert status_of(fork(lambda: None)) == 0

    thread = Thread(target=write, args=(file, "a"))
    thread.start()
    thread.join(10)

    assert names(file) == ["a"]


@forks
def test_a_child_of_a_busy_parent_finds_no_half_of_a_change_and_no_lock_for_ever(path):
    file = open_file(path, busy_seconds=20)
    threads = [Thread(target=lambda: [write(file, "a") for _ in range(30)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    children = [fork(lambda: write(file, "child")) for _ in range(5)]
    for thread in threads:
        thread.join()

    with closing(file):
        assert [status_of(child) for child in children] == [0] * 5
        assert sorted(names(file)) == ["a"] * 60 + ["child"] * 5
