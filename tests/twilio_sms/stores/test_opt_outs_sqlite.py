"""The list in a file: shared by processes, audited, backed up; unknown once it cannot be read."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from tests.doubles import RECIPIENT
from tests.opt_outs import NOON, opted_in, opted_out
from twilio_sms.domain.review import Reason, Review
from twilio_sms.errors import OptOutUnknownError
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

REVIEW = Review(sid="SM1", number=RECIPIENT, to="72727", body="x", reason=Reason.DOUBTFUL, received_time=NOON)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "opt-outs.db"


@pytest.fixture
def store(path):
    store = SqliteOptOuts(path, busy_seconds=0)
    yield store
    store.close()


def tamper(path, change):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("DROP TRIGGER no_event_changes")
        other.execute("DROP TRIGGER no_event_goes")
        other.execute(change)


def test_what_another_process_recorded_is_seen(path, store):
    assert store.current(RECIPIENT) == ()

    with closing(SqliteOptOuts(path)) as other:
        other.append(opted_out())

    assert store.current(RECIPIENT) == (opted_out(),)


def test_events_survive_the_process(path, store):
    store.append(opted_out(evidence="SM1"))
    store.close()

    with closing(SqliteOptOuts(path, must_exist=True)) as again:
        assert again.current(RECIPIENT) == (opted_out(evidence="SM1"),)
        assert again.append(opted_out(evidence="SM1")) == 0


def test_all_are_recorded_or_none(path, store):
    tamper(path, "CREATE TRIGGER full BEFORE INSERT ON events WHEN NEW.row > 1 BEGIN SELECT RAISE(ABORT, 'full'); END")

    with pytest.raises(OptOutUnknownError, match="cannot be written: full"):
        store.append(opted_out(0), opted_out(1))

    assert store.events(RECIPIENT) == ()


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda store: store.append(opted_out()), id="append"),
        pytest.param(lambda store: store.current(RECIPIENT), id="current"),
        pytest.param(lambda store: store.events(RECIPIENT), id="events"),
        pytest.param(lambda store: list(store.all()), id="all"),
        pytest.param(lambda store: store.head(), id="head"),
        pytest.param(lambda store: store.verify(), id="verify"),
        pytest.param(lambda store: store.add_review(REVIEW), id="add_review"),
        pytest.param(lambda store: store.reviews(), id="reviews"),
        pytest.param(lambda store: store.settle_review("SM1", NOON, None, None), id="settle_review"),
        pytest.param(lambda store: store.backup("nowhere.db"), id="backup"),
    ],
)
def test_nothing_is_said_of_a_list_that_is_gone(path, store, use, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    path.unlink()

    with pytest.raises(OptOutUnknownError, match=r"opt-outs\.db"):
        use(store)


def test_a_list_that_others_write_can_still_be_read(path, store):
    store.append(opted_out())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert store.current(RECIPIENT) == (opted_out(),)
        with pytest.raises(OptOutUnknownError, match="locked"):
            store.append(opted_in(1))


@pytest.mark.parametrize(
    ("change", "row"),
    [
        pytest.param("UPDATE events SET state = 'opted-in' WHERE row = 2", 2, id="changed"),
        pytest.param("DELETE FROM events WHERE row = 3", 3, id="deleted"),
        pytest.param("DELETE FROM events WHERE row = 5", 5, id="cut off"),
    ],
)
def test_an_audit_tells_the_first_row_that_somebody_touched(path, store, change, row):
    store.append(*(opted_out(second) for second in range(5)))
    assert store.verify() is None

    tamper(path, change)

    assert store.verify() == row
    with pytest.raises(OptOutUnknownError, match="damaged"):
        store.current(RECIPIENT)


def test_an_export_stops_at_a_damaged_row(path, store):
    store.append(*(opted_out(second) for second in range(3)))
    tamper(path, "UPDATE events SET note = 'x' WHERE row = 2")

    with pytest.raises(OptOutUnknownError, match="damaged"):
        list(store.all())


def test_a_long_list_is_read_and_audited_page_by_page(store):
    events = [opted_out(number=f"+1555{number:07}") for number in range(2500)]
    store.append(*events)

    assert list(store.all()) == events
    assert store.verify() is None


def test_a_backup_is_a_whole_list_that_only_its_owner_may_read(store, tmp_path):
    store.append(opted_out())

    store.backup(tmp_path / "backup.db")

    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o600
    with closing(SqliteOptOuts(tmp_path / "backup.db", must_exist=True)) as backup:
        assert backup.head() == store.head()


def test_a_backup_overwrites_nothing(path, store):
    with pytest.raises(FileExistsError):
        store.backup(path)

    assert store.verify() is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_records_into_the_same_list(store):
    store.append(opted_out(0))
    child = os.fork()
    if child == 0:
        store.append(opted_in(1))
        os._exit(0)
    os.waitpid(child, 0)

    assert store.events(RECIPIENT) == (opted_out(0), opted_in(1))
    assert store.verify() is None
