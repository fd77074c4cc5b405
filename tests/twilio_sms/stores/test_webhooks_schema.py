"""The file of webhooks is told from other files, and finds what it looks for by an index."""

import sqlite3
from contextlib import closing

import pytest

from twilio_sms.errors import WebhookStoreError
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts
from twilio_sms.stores.webhooks_schema import WEBHOOKS_FILE
from twilio_sms.stores.webhooks_sqlite import _FIND, _FIND_TRACK, _PURGE_LEASES, _PURGE_TRACKS, SqliteWebhooks


def test_a_file_of_another_kind_is_refused(tmp_path):
    SqliteOptOuts(tmp_path / "opt-outs.db").close()

    with pytest.raises(WebhookStoreError, match="another kind"):
        SqliteWebhooks(tmp_path / "opt-outs.db")


@pytest.mark.parametrize(
    ("statement", "values"), [(_FIND, 1), (_FIND_TRACK, 1), (_PURGE_LEASES, 2), (_PURGE_TRACKS, 2)]
)
def test_no_statement_reads_a_whole_table(statement, values):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(WEBHOOKS_FILE.schema)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", (0,) * values)]

    assert [step for step in plan if step.startswith("SCAN")] == []
