"""Webhooks in a SQLite file: durable, purged a few at a time, two commits for each, and trouble is told."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.callbacks import told
from tests.doubles import MESSAGE_SID, TurnedClock
from twilio_sms.domain.claim import Claim, Claimed
from twilio_sms.errors import ValidationError, WebhookStoreError
from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks

DAY_SECONDS = 86400
WEEK_SECONDS = 7 * DAY_SECONDS


@pytest.fixture
def path(tmp_path):
    return tmp_path / "webhooks.db"


@pytest.fixture
def store(path, clock):
    with closing(SqliteWebhooks(path, clock=clock)) as store:
        yield store


def ask(path, statement):
    with closing(sqlite3.connect(path, isolation_level=None)) as judge:
        return judge.execute(statement).fetchall()


def test_what_was_recorded_is_there_for_the_next_process(store, path, clock):
    store.claim("done", 30)
    store.finish("done", "answer")
    store.claim("under way", 30)
    store.record(told("sent"))
    store.close()

    with closing(SqliteWebhooks(path, must_exist=True, clock=clock)) as other:
        assert other.claim("done", 30) == Claim(Claimed.DONE, "answer")
        assert other.claim("under way", 30) == Claim(Claimed.UNDER_WAY)
        assert len(other.find(MESSAGE_SID).events) == 1


def test_a_webhook_is_two_commits_of_which_one_waits_for_the_disk(store):
    statements = []
    with store._file.reading() as connection:
        connection.set_trace_callback(statements.append)

    store.claim("key", 30)
    claimed = [*statements]
    store.finish("key", "answer")
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()

    assert (claimed[0], claimed.count("COMMIT")) == ("PRAGMA synchronous = NORMAL", 1)
    assert statements.count("COMMIT") == 2
    assert synchronous == 2  # FULL, when the second committed
    assert [statement for statement in statements if "checkpoint" in statement] == []


def test_where_processes_share_no_memory_each_commit_waits(store):
    store._file._is_wal = False  # as on a file system of the network
    with store._file.reading() as connection:
        store.claim("key", 30)

        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_what_is_older_than_it_is_kept_for_goes_a_few_at_a_time(store, path, clock):
    for number in range(30):
        store.claim(f"key {number}", 30)
        store.record(told("sent", sid=f"SM{number}"))
    clock.sleep(WEEK_SECONDS + DAY_SECONDS + 1)

    store.claim("new", 30)

    assert ask(path, "SELECT count(*) FROM leases") == [(11,)]
    assert ask(path, "SELECT count(*) FROM tracks") == [(10,)]


def test_what_is_not_so_old_stays(store, path, clock):
    store.claim("key", 30)
    clock.sleep(DAY_SECONDS)
    store.finish("key", "answer")
    store.record(told("sent"))
    clock.sleep(WEEK_SECONDS)
    store.claim("new", 30)

    assert store.claim("key", 30) == Claim(Claimed.DONE, "answer")
    assert len(store.find(MESSAGE_SID).events) == 1


def test_messages_go_where_nobody_claims_a_webhook(store, path, clock):
    for number in range(30):
        store.record(told("sent", sid=f"SM{number}"))
    clock.sleep(WEEK_SECONDS + 1)

    store.record(told("sent", sid="new"))

    assert ask(path, "SELECT count(*) FROM tracks") == [(11,)]


def test_a_clock_that_was_ahead_for_a_while_stops_no_purge(path):
    clock = TurnedClock()
    store = SqliteWebhooks(path, clock=clock)
    clock.ahead = timedelta(days=1000)
    store.claim("far ahead", 30)
    clock.ahead = timedelta(0)
    store.claim("old", 30)
    clock.sleep(WEEK_SECONDS + DAY_SECONDS + 1)

    store.claim("new", 30)

    assert ask(path, "SELECT key FROM leases ORDER BY key") == [("far ahead",), ("new",)]
    store.close()


@pytest.mark.parametrize("track", ["''", "'{}'", "x'ff'"])
def test_a_message_that_was_damaged_is_told(store, path, track):
    store.record(told("sent"))
    ask(path, f"UPDATE tracks SET track = {track}")

    for act in (lambda: store.find(MESSAGE_SID), lambda: store.record(told("delivered"))):
        with pytest.raises(WebhookStoreError, match="damaged"):
            act()


@pytest.mark.parametrize("damage", ["until_us = 'soon'", "answer = x'ff'"])
def test_a_claim_that_was_damaged_is_told(store, path, damage):
    store.claim("key", 30)
    ask(path, f"UPDATE leases SET {damage}")

    with pytest.raises(WebhookStoreError, match="damaged"):
        store.claim("key", 30)


def test_a_file_that_cannot_be_written_is_told_and_may_be_tried_again(store, path, clock):
    other = sqlite3.connect(path, isolation_level=None)
    with closing(other), closing(SqliteWebhooks(path, busy_seconds=0.001, clock=clock)) as impatient:
        other.execute("BEGIN IMMEDIATE")
        for act in (lambda: impatient.claim("key", 30), lambda: impatient.record(told("sent"))):
            with pytest.raises(WebhookStoreError, match="cannot be written") as refused:
                act()
            assert refused.value.repeatable


def test_a_missing_file_is_an_error_where_it_must_exist(path):
    with pytest.raises(WebhookStoreError):
        SqliteWebhooks(path, must_exist=True)


@pytest.mark.parametrize("path", [None, 5, b"a.db", "a\0.db", ":memory:"])
def test_what_is_no_path_makes_no_file(path: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ValidationError):
        SqliteWebhooks(path)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("seconds", [None, "5", True, -1, float("nan")])
def test_what_is_no_time_to_wait_is_refused(seconds: Any, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="busy_seconds must be a number of seconds"):
        SqliteWebhooks(tmp_path / "a.db", busy_seconds=seconds)
