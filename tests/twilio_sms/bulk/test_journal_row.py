"""A row has a key that no other row has, and shows no number."""

from datetime import UTC, datetime

import pytest

from tests.doubles import RECIPIENT
from tests.twilio_sms.bulk.journals import new_rows
from twilio_sms.bulk.journal_row import Row, RowKey
from twilio_sms.bulk.states import State
from twilio_sms.errors import JournalError

KEY = RowKey("job", 17, b"f" * 32)


def test_a_key_names_the_row_for_people():
    assert str(KEY) == f"row 17 (key {KEY.token})"
    assert len(KEY.token) == 16


@pytest.mark.parametrize(
    "other", [RowKey("jo", 17, b"f" * 32), RowKey("job", 1, b"f" * 32), RowKey("job", 17, b"g" * 32)], ids=str
)
def test_a_row_of_another_job_place_or_request_has_another_token(other):
    assert other.token != KEY.token


def test_a_new_row_is_kept_with_its_number_masked():
    (new,) = new_rows([3])

    row = Row.pending(new)

    assert (row.index, row.state, row.segments, row.fingerprint) == (3, State.PENDING, 2, new.fingerprint)
    assert RECIPIENT not in f"{row!r} {new!r}"


def test_columns_become_a_row():
    row = Row.from_columns((1, b"f", "+1", 2, "UNKNOWN", None, 30001, "lost", 3, 1, "2026-01-02T03:04:05+00:00", 0))

    assert row.state is State.UNKNOWN
    assert row.marked_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (row.code, row.reason, row.attempts, row.doubts, row.is_matched) == (30001, "lost", 3, 1, False)


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ((1, b"f", "+1", 2, "GONE", None, None, None, 3, 1, None, 0), "ValueError"),
        ((1, b"f", "+1", 2, "UNKNOWN", None, None, None, 3, 1, "yesterday", 0), "ValueError"),
        ((1, "f", "+1", 2, "UNKNOWN", None, None, None, 3, 1, None, 0), "TypeError"),
    ],
    ids=["state", "moment", "fingerprint"],
)
def test_a_row_that_no_journal_writes_is_refused_by_its_index(columns, error):
    with pytest.raises(JournalError, match=f"^row 1 of the journal is damaged: {error}$"):
        Row.from_columns(columns)
