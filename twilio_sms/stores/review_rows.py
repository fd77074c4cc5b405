"""The rows of the review list."""

import sqlite3
from datetime import datetime

from twilio_sms.domain.review import Reason, Review
from twilio_sms.stores.opt_out_chain import to_text_of_time
from twilio_sms.stores.opt_out_rows import damaged

_SELECT = """
    SELECT sid, number, recipient, body, reason, received_time, service, settled_time, actor, note
    FROM reviews ORDER BY received_time, sid
"""
_Row = tuple[str, str, str, str, str, str, str | None, str | None, str | None, str | None]


def insert_review(connection: sqlite3.Connection, review: Review) -> bool:
    """Write *review*; return whether its message was not there yet."""
    row = (review.sid, review.number, review.to, review.body, str(review.reason))
    added = connection.execute(
        "INSERT INTO reviews (sid, number, recipient, body, reason, received_time, service)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sid) DO NOTHING",
        (*row, to_text_of_time(review.received_time), review.service),
    )
    return added.rowcount > 0


def settle(connection: sqlite3.Connection, sid: str, moment: datetime, actor: str | None, note: str | None) -> bool:
    """Note that a person settled the review; return whether there is an open one."""
    done = connection.execute(
        "UPDATE reviews SET settled_time = ?, actor = ?, note = ? WHERE sid = ? AND settled_time IS NULL",
        (to_text_of_time(moment), actor, note, sid),
    )
    return done.rowcount > 0


def read_reviews(connection: sqlite3.Connection) -> tuple[Review, ...]:
    """Return all reviews; raises `OptOutUnknownError` for rows that were damaged."""
    try:
        return tuple(_review(row) for row in connection.execute(_SELECT))
    except (TypeError, ValueError):
        raise damaged() from None


def _review(row: _Row) -> Review:
    sid, number, recipient, body, reason, received_time, service, settled_time, actor, note = row
    return Review(
        sid=sid,
        number=number,
        to=recipient,
        body=body,
        reason=Reason(reason),
        received_time=datetime.fromisoformat(received_time),
        service=service,
        settled_time=datetime.fromisoformat(settled_time) if settled_time else None,
        actor=actor,
        note=note,
    )
