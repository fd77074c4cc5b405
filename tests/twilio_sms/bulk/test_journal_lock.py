"""A journal has one writer, as long as it lives."""

import os
import signal
import subprocess
import sys

import pytest

from twilio_sms.bulk.journal_lock import JournalLock
from twilio_sms.errors import JournalError

HOLD = """
import sys, pathlib
from twilio_sms.bulk.journal_lock import JournalLock
lock = JournalLock.take(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.db.lock"


def test_a_second_one_is_told_who_holds_it(path):
    lock = JournalLock.take(path)

    with pytest.raises(JournalError, match=f"by process {os.getpid()}: wait .* 'twilio-sms report' reads it"):
        JournalLock.take(path)
    lock.release()


def test_what_an_earlier_holder_left_is_gone(path):
    path.write_text("1 elsewhere\n", "ascii")
    lock = JournalLock.take(path)

    with pytest.raises(JournalError, match=f"process {os.getpid()}:"):
        JournalLock.take(path)
    lock.release()


def test_after_the_release_another_takes_it(path):
    JournalLock.take(path).release()

    JournalLock.take(path).release()


def test_a_lock_that_was_released_twice_is_free(path):
    lock = JournalLock.take(path)

    lock.release()
    lock.release()

    JournalLock.take(path).release()


def test_the_file_is_the_owners_alone(path):
    JournalLock.take(path).release()

    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("left", "holder"),
    [
        (b"", "another process"),
        (b"12 elsewhere\n", "process 12 of another machine"),
        (b"\xff\n", "process \ufffd of"),
        (b"z" * 300, f"process {'z' * 200} of another machine"),
    ],
    ids=["nothing yet", "another boot", "garbage", "much garbage"],
)
def test_what_the_file_says_is_believed_only_as_far_as_it_goes(path, left, holder):
    lock = JournalLock.take(path)
    path.write_bytes(left)

    with pytest.raises(JournalError, match=f"written by {holder}"):
        JournalLock.take(path)
    lock.release()


def test_another_process_is_kept_out_until_the_holder_is_killed(path):
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"

        with pytest.raises(JournalError, match=f"process {holder.pid}:"):
            JournalLock.take(path)
        holder.send_signal(signal.SIGKILL)

    JournalLock.take(path).release()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_that_has_not_let_go_yet_keeps_nobody_out(path):
    lock = JournalLock.take(path)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(writing)
        os.read(reading, 1)
        os._exit(0)

    lock.release()

    JournalLock.take(path).release()
    os.close(reading)
    os.close(writing)
    os.waitpid(child, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_that_lets_go_leaves_the_lock_with_the_parent(path):
    lock = JournalLock.take(path)
    child = os.fork()
    if child == 0:
        lock.release()
        os._exit(0)
    os.waitpid(child, 0)

    with pytest.raises(JournalError):
        JournalLock.take(path)
    lock.release()
