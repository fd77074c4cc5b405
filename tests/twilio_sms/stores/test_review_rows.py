"""Reviews in SQLite: damaged rows are told; what all lists do with reviews is tested with their protocol."""

import sqlite3
from contextlib import closing

import pytest

from tests.opt_outs import NOON
from twilio_sms.domain.review import Reason, Review
from twilio_sms.errors import OptOutUnknownError
from twilio_sms.stores.opt_out_schema import OPT_OUT_FILE
from twilio_sms.stores.review_rows import insert_review, read_reviews, settle

REVIEW = Review(
    sid="SM1", number="anonymous", to="72727", body="stop", reason=Reason.NO_NUMBER, received_time=NOON, service="MG1"
)


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(OPT_OUT_FILE.schema)
        yield connection


def test_a_review_is_read_as_it_was_written(connection):
    insert_review(connection, REVIEW)

    assert read_reviews(connection) == (REVIEW,)


def test_only_an_open_review_can_be_settled(connection):
    insert_review(connection, REVIEW)

    assert [settle(connection, "SM1", NOON, None, None) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("damage", ["reason = 'why not'", "received_time = 'noon'", "received_time = x'00'"])
def test_a_damaged_row_is_told(connection, damage):
    insert_review(connection, REVIEW)
    connection.execute(f"UPDATE reviews SET {damage}")

    with pytest.raises(OptOutUnknownError, match="damaged"):
        read_reviews(connection)
